using System.CommandLine;
using System.Globalization;

namespace Caudata.Cli.Commands;

/// <summary>Reads the values of options, and collects what is wrong with them.</summary>
/// <param name="result">The parsed command line.</param>
/// <param name="mistakes">Receives mistakes.</param>
internal sealed class OptionValues(ParseResult result, List<string> mistakes)
{
    /// <summary>An option with one value.</summary>
    public static Option<string?> One(string name, string what, string description) => new(name) { Description = description, HelpName = what };

    /// <summary>An option that may be given again and again.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="what">What its value is, in a word.</param>
    /// <param name="description">What it does.</param>
    /// <param name="isList">True when several values may follow it at once.</param>
    public static Option<string[]> Many(string name, string what, string description, bool isList = false) => new(name) { Description = description, HelpName = what, AllowMultipleArgumentsPerToken = isList };

    /// <summary>The values as texts; empty when there are none.</summary>
    public string[] Texts(Option<string[]> option) => result.GetResult(option) is { Errors: var errors } && errors.Any() ? [] : result.GetValue(option) ?? [];

    /// <summary>The value as text, or null.</summary>
    public string? Text(Option<string?> option) => result.GetResult(option) is { Errors: var errors } && errors.Any() ? null : result.GetValue(option);

    /// <summary>A text that must be given.</summary>
    public string Required(Option<string?> option, string expected)
    {
        if (Text(option) is { Length: > 0 } text)
        {
            return text;
        }

        mistakes.Add($"{option.Name} is not given; expected {expected}.");
        return "";
    }

    /// <summary>A whole number within bounds.</summary>
    public ulong Whole(Option<string?> option, ulong otherwise, ulong least, ulong most)
    {
        if (Text(option) is not { } text)
        {
            return otherwise;
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number >= least && number <= most)
        {
            return number;
        }

        mistakes.Add($"{option.Name} is '{text}'; expected a whole number from {least} to {most}.");
        return otherwise;
    }

    /// <summary>A number within bounds.</summary>
    public double Number(Option<string?> option, double otherwise, double least, double most)
    {
        if (Text(option) is not { } text)
        {
            return otherwise;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most)
        {
            return number;
        }

        mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is '{text}'; expected a number from {least} {(most < double.MaxValue ? $"to {most}" : "upwards")}."));
        return otherwise;
    }
}
