using System.Text;

namespace Caudata.Tests.Laws;

/// <summary>The repository's own files, as the laws read them.</summary>
internal static class Sources
{
    private static readonly string[] Generated = ["artifacts", "bin", "obj", "TestResults", "runs", "BenchmarkDotNet.Artifacts"];

    /// <summary>The repository's root: the folder that holds caudata.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file below a folder of the repository, sorted, with path relative to the root.</summary>
    public static IEnumerable<SourceFile> Below(string folder) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Files(Path.Combine(Root, folder)).Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).Select(f => new SourceFile(Path.GetRelativePath(Root, f).Replace('\\', '/'), File.ReadAllText(f)))
            : [];

    /// <summary>Files below a folder, sorted, without hidden and generated folders.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Folders(folder).SelectMany(Files)).Order(StringComparer.Ordinal);

    /// <summary>Folders in a folder, sorted, without hidden and generated ones.</summary>
    public static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(folder).Where(d => !Generated.Contains(Path.GetFileName(d)) && !Path.GetFileName(d).StartsWith('.')).Order(StringComparer.Ordinal);

    /// <summary>C# with comments and the content of strings blanked: line numbers stay, and words in prose are no code.</summary>
    public static string CodeOnly(string text)
    {
        StringBuilder code = new(text.Length);
        int i = 0;
        void Blank(int to)
        {
            for (; i < to && i < text.Length; i++)
            {
                code.Append(text[i] is '\n' or '\r' ? text[i] : ' ');
            }
        }

        int End(string mark, int from)
        {
            int at = from <= text.Length ? text.IndexOf(mark, from, StringComparison.Ordinal) : -1;
            return at < 0 ? text.Length : at + mark.Length;
        }

        while (i < text.Length)
        {
            if (text[i] == '/' && i + 1 < text.Length && text[i + 1] == '/')
            {
                int line = text.IndexOf('\n', i);
                Blank(line < 0 ? text.Length : line);
            }
            else if (text[i] == '/' && i + 1 < text.Length && text[i + 1] == '*')
            {
                Blank(End("*/", i + 2));
            }
            else if (text[i] == '"')
            {
                int quotes = 1;
                while (i + quotes < text.Length && text[i + quotes] == '"')
                {
                    quotes++;
                }

                bool verbatim = i > 0 && (text[i - 1] == '@' || (text[i - 1] == '$' && i > 1 && text[i - 2] == '@'));
                if (quotes >= 3 && !verbatim)
                {
                    Blank(End(new string('"', quotes), i + quotes));
                    continue;
                }

                int end = i + 1;
                while (end < text.Length && (text[end] != '"' || (verbatim && end + 1 < text.Length && text[end + 1] == '"')))
                {
                    end += (text[end] == '\\' && !verbatim) || text[end] == '"' ? 2 : 1;
                }

                Blank(end + 1);
            }
            else if (text[i] == '\'' && i + 2 < text.Length)
            {
                int end = i + (text[i + 1] == '\\' ? 3 : 2);
                while (end < text.Length && end < i + 12 && text[end] != '\'')
                {
                    end++;
                }

                Blank(end + 1);
            }
            else
            {
                code.Append(text[i++]);
            }
        }

        return code.ToString();
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "caudata.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No caudata.slnx above {AppContext.BaseDirectory}; the laws read the repository's sources.");
    }
}

/// <summary>One file of source.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Text">As on disk.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>Line numbers from 1 with their code, comments and strings blanked.</summary>
    public IEnumerable<(int Number, string Code)> Lines => Sources.CodeOnly(Text).Split('\n').Select((line, k) => (k + 1, line));
}
