namespace Caudata.Graphs.Formats;

/// <summary>Names as formats write them.</summary>
internal static class NodeNames
{
    /// <summary>True for a letter or underscore and then letters, digits and underscores, all ASCII.</summary>
    public static bool IsPlain(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(Plain);

    /// <summary>In quotes, with \" and \\ inside.</summary>
    public static string Quote(string name) => "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>True when the indicator has the name that marks it by convention.</summary>
    public static bool IsConventional(CausalGraph graph, Variable indicator) => indicator.Of is int of && indicator.Name == "R_" + graph.Variables[of].Name;

    /// <summary>True when the convention would take the variable for an indicator that it is not.</summary>
    public static bool LooksMissing(CausalGraph graph, Variable variable) => variable.IsSubstantive && variable.Name.StartsWith("R_", StringComparison.Ordinal) && graph.TryFind(variable.Name[2..], out _);

    /// <summary>The name of a variable as the value of an attribute that may also be true or false: with empty brackets when it is called like one of these.</summary>
    public static string Unmistakable(string name) => name.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "0" or "1" ? name + "[]" : name;

    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}
