namespace Caudata.Extraction.Structural;

/// <summary>What a LaTeX preamble says about its own environments: <c>\newtheorem{ex}{Exercise}</c> makes <c>ex</c> an exercise, whatever it would be by its name.</summary>
internal static class LatexDeclarations
{
    /// <summary>How many declarations are read, and how far behind the command their parts are looked for.</summary>
    private const int Most = 400, Reach = 300;

    private static readonly string[] Commands = ["\\newtheorem", "\\declaretheorem", "\\newtcbtheorem", "\\newtcolorbox", "\\newmdtheoremenv", "\\newenvironment", "\\newmdenv", "\\spnewtheorem"];

    /// <summary>The declared environments with their roles; a theorem or remark has none.</summary>
    public static Dictionary<string, MarkupRole> Read(string source)
    {
        var declared = new Dictionary<string, MarkupRole>(StringComparer.Ordinal);
        foreach (var command in Commands)
        {
            var at = 0;
            for (var count = 0; count < Most && (at = source.IndexOf(command, at, StringComparison.Ordinal)) >= 0; count++)
            {
                at += command.Length;
                Declaration(source, at, command, declared);
            }
        }

        return declared;
    }

    /// <summary>Role of a printed title: "Exercise", "Solution", "Aufgabe 3", "Answer to exercise".</summary>
    public static MarkupRole OfTitle(ReadOnlySpan<char> title) => BlockLabel.OfTitle(title) switch
    {
        LabelKind.Question => MarkupRole.Exercise,
        LabelKind.Example => MarkupRole.Example,
        LabelKind.Answer => MarkupRole.Solution,
        LabelKind.Hint => MarkupRole.Hint,
        LabelKind.Proof => MarkupRole.Proof,
        _ => MarkupRole.None,
    };

    /// <summary>The title in an option: the value of <c>title=</c> or <c>name=</c>, or the whole option where it is one.</summary>
    public static ReadOnlySpan<char> Title(ReadOnlySpan<char> option, bool isOption)
    {
        foreach (var key in (ReadOnlySpan<string>)["title=", "title =", "name="])
        {
            var at = option.IndexOf(key);
            if (at >= 0)
            {
                var value = option[(at + key.Length)..].TrimStart();
                var end = value.StartsWith("{") ? value.IndexOf('}') : value.IndexOf(',');
                return (end < 0 ? value : value[..end]).Trim("{} ").ToString().Replace("\\thetcbcounter", "", StringComparison.Ordinal).AsSpan().Trim();
            }
        }

        return isOption ? option.Trim("{} ") : [];
    }

    private static void Declaration(string source, int at, string command, Dictionary<string, MarkupRole> declared)
    {
        at += at < source.Length && source[at] == '*' ? 1 : 0;
        var window = source.AsSpan(at, Math.Min(Reach, source.Length - at));
        var options = "";
        var name = Argument(window, ref options, out var rest);
        if (name.IsEmpty || name.Length > 40)
        {
            return;
        }

        var title = Argument(rest, ref options, out rest);
        if (command is "\\newenvironment")
        {
            // The begin part prints its title: {\textbf{Solution.}}; one that prints none keeps the role of its name.
            var brace = title.IndexOf('{');
            title = brace < 0 ? title : title[(brace + 1)..];
            title = title[..(title.IndexOf('}') is >= 0 and var close ? close : title.Length)];
        }
        else if (command is "\\newtcolorbox" or "\\declaretheorem" or "\\newmdenv")
        {
            var given = Title(title, isOption: false);
            given = given.IsEmpty ? Title(options, isOption: false) : given;
            title = given.IsEmpty ? name : given;
        }

        var role = OfTitle(title);
        var isTheorem = command is "\\newtheorem" or "\\newmdtheoremenv" or "\\spnewtheorem" or "\\newtcbtheorem" or "\\declaretheorem";
        if (role != MarkupRole.None || (isTheorem && MarkupRoles.OfName(name) is MarkupRole.Exercise or MarkupRole.Example && MarkupRoles.OfName(title) == MarkupRole.None && title.Length > 3))
        {
            declared.TryAdd(name.ToString(), role);
        }
    }

    /// <summary>The next argument in braces; options in brackets before it are collected.</summary>
    private static ReadOnlySpan<char> Argument(ReadOnlySpan<char> text, ref string options, out ReadOnlySpan<char> rest)
    {
        rest = text.TrimStart();
        while (rest.StartsWith("[") && rest.IndexOf(']') is > 0 and var bracket)
        {
            options += string.Concat(rest[1..bracket], ",");
            rest = rest[(bracket + 1)..].TrimStart();
        }

        if (!rest.StartsWith("{"))
        {
            return [];
        }

        var close = LatexReader.BraceEnd(rest, 0, Reach);
        var argument = close < 0 ? rest[1..] : rest[1..(close - 1)];
        rest = close < 0 ? [] : rest[close..];
        return argument.Trim();
    }
}
