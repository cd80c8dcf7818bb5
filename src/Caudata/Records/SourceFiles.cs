using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Caudata.Records;

/// <summary>One input file, named independently of the machine it lies on.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Name">Path below the folder or pattern that named it, with <c>/</c>: what identifiers and rejections show.</param>
/// <param name="Length">Size in bytes when it was listed.</param>
public sealed record SourceFile(string Path, string Name, long Length)
{
    /// <summary>Opens the file for reading from its start; the caller disposes it.</summary>
    /// <exception cref="InputException">The file is gone or may not be read.</exception>
    public Stream Open()
    {
        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{Path} cannot be read: {DiskFault.InWords(e)} Check that it is there and that you may read it.", e);
        }
    }

    /// <summary>SHA-256 of the content in lower-case hexadecimal, read in pieces of 1 MiB.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<string> HashAsync(CancellationToken cancellationToken = default)
    {
        Stream stream = Open();
        await using (stream.ConfigureAwait(false))
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[1 << 20];
            int n;
            while ((n = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, n);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }
}

/// <summary>Turns files, glob patterns and folders into the list of input files.</summary>
public static class SourceFiles
{
    private const int MostLinks = 40; // as Linux does: more in a row are a circle

    /// <summary>The files that the patterns name, each once, in ordinal order of <see cref="SourceFile.Name"/> (then path), whatever the order of the patterns.</summary>
    /// <remarks>
    /// <para>A pattern is a file, a folder (read recursively; files and folders whose name starts with a dot are left out), or a glob:
    /// <c>*</c> any characters but <c>/</c>, <c>?</c> one character, <c>**</c> any number of folders.</para>
    /// <para>Names are relative to the folder, to the part of the glob before its first wildcard, or to the file's own folder. Where two files would have the same name, both are called by their path as given.</para>
    /// <para>Links to files and folders are followed. A file that is reached twice is read once, under the name of its link; a folder is walked once, so links in a circle do no harm.</para>
    /// </remarks>
    /// <param name="patterns">At least one file, folder or glob.</param>
    /// <exception cref="InputException">A pattern names nothing, or a link leads nowhere; all of them are listed at once.</exception>
    public static ImmutableArray<SourceFile> Expand(IEnumerable<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var found = new Dictionary<string, (string Name, string Given, bool IsLink)>(StringComparer.Ordinal);
        var missing = new List<string>();
        var broken = new List<string>();
        int given = 0;
        foreach (string pattern in patterns)
        {
            given++;
            bool any = false;
            foreach (Match match in Matches(pattern))
            {
                any = true;
                if (match.IsLink && (!File.Exists(match.Real) || new FileInfo(match.Real).LinkTarget is not null))
                {
                    broken.Add($"'{match.Given}' is a link to '{match.Real}', which is not there or leads back to itself.");
                }
                else if (!found.TryGetValue(match.Real, out var there) || (match.IsLink && !there.IsLink))
                {
                    found[match.Real] = (match.Name, match.Given, match.IsLink);
                }
            }

            if (!any)
            {
                missing.Add(pattern);
            }
        }

        if (given == 0)
        {
            throw new InputException("No input was named. Give at least one file, folder or glob, for example docs/*.jsonl.gz.");
        }

        if (missing.Count > 0)
        {
            throw new InputException(string.Join(' ', missing.Select(Missing)));
        }

        if (broken.Count > 0)
        {
            throw new InputException($"{string.Join(' ', broken.Take(10))}{(broken.Count > 10 ? $" And {broken.Count - 10:N0} more." : "")} Restore what they lead to, or remove the links.");
        }

        Dictionary<string, int> uses = found.Values.CountBy(f => f.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. found
            .Select(f => new SourceFile(f.Key, uses[f.Value.Name] > 1 ? f.Value.Given : f.Value.Name, new FileInfo(f.Key).Length))
            .OrderBy(f => f.Name, StringComparer.Ordinal).ThenBy(f => f.Path, StringComparer.Ordinal)];
    }

    private static string Missing(string pattern)
    {
        if (pattern.Length == 0)
        {
            return "An input name is empty; expected a file, a folder or a glob.";
        }

        if (Directory.Exists(pattern))
        {
            return $"Folder '{pattern}' holds no files (files whose name starts with a dot do not count).";
        }

        return pattern.AsSpan().ContainsAny('*', '?')
            ? $"No file matches '{pattern}' (looked below {Path.GetFullPath(FixedPart(pattern).Folder)})."
            : $"'{pattern}' was not found (looked at {Path.GetFullPath(pattern)}). Expected a file, a folder or a glob.";
    }

    private readonly record struct Match(string Real, string Name, string Given, bool IsLink);

    private static IEnumerable<Match> Matches(string pattern)
    {
        if (pattern.Length == 0)
        {
            yield break;
        }

        if (File.Exists(pattern))
        {
            string there = Path.GetFullPath(pattern);
            yield return new Match(Real(there), Path.GetFileName(pattern), pattern.Replace('\\', '/'), new FileInfo(there).LinkTarget is not null);
            yield break;
        }

        string root, rest;
        if (Directory.Exists(pattern))
        {
            (root, rest) = (pattern, "**");
        }
        else if (pattern.AsSpan().ContainsAny('*', '?'))
        {
            (root, rest) = FixedPart(pattern);
            if (!Directory.Exists(root))
            {
                yield break;
            }
        }
        else
        {
            yield break;
        }

        string full = Path.GetFullPath(root), prefix = root.Replace('\\', '/').TrimEnd('/');
        string[] wanted = rest.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool deep = wanted.Length > 1 || rest == "**";
        List<(string Real, string Name, bool IsLink)> files;
        try
        {
            files = Walk(full, deep);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Folder '{root}' cannot be listed: {DiskFault.InWords(e)} Check that it is there and that you may read it.", e);
        }

        foreach ((string real, string name, bool isLink) in files)
        {
            if (Fits(name.Split('/'), wanted))
            {
                yield return new Match(real, name, prefix.Length == 0 || prefix == "." ? name : prefix + "/" + name, isLink);
            }
        }
    }

    // All files below a folder and the links that lead nowhere, real folders before linked ones. Each folder is walked once: a link could lead in a circle.
    private static List<(string Real, string Name, bool IsLink)> Walk(string root, bool deep)
    {
        var files = new List<(string, string, bool)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var folders = new Queue<(string Path, string Prefix)>([(root, "")]);
        var linked = new Queue<(string Path, string Prefix)>();
        while (folders.TryDequeue(out (string Path, string Prefix) folder) || linked.TryDequeue(out folder))
        {
            string real = Real(folder.Path);
            if (!seen.Add(real))
            {
                continue;
            }

            foreach (FileSystemInfo entry in new DirectoryInfo(folder.Path).EnumerateFileSystemInfos().Where(entry => entry.Name[0] != '.').OrderBy(entry => entry.Name, StringComparer.Ordinal))
            {
                bool isLink = entry.LinkTarget is not null;
                string target = isLink ? Real(Path.Combine(real, entry.Name)) : Path.Combine(real, entry.Name);
                if (isLink ? !Directory.Exists(target) : entry is FileInfo)
                {
                    files.Add((target, folder.Prefix + entry.Name, isLink));
                }
                else if (deep)
                {
                    (isLink ? linked : folders).Enqueue((entry.FullName, folder.Prefix + entry.Name + "/"));
                }
            }
        }

        return files;
    }

    // The path without links; every folder on the way may be one.
    private static string Real(string path, int links = MostLinks)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
        {
            return path;
        }

        string real = Real(folder, links), here = Path.Combine(real, Path.GetFileName(path));
        return links > 0 && new FileInfo(here).LinkTarget is { } target ? Real(Path.GetFullPath(target, real), links - 1) : here;
    }

    // The folder before the first wildcard, and the pattern below it.
    private static (string Folder, string Pattern) FixedPart(string pattern)
    {
        string slashed = OperatingSystem.IsWindows() ? pattern.Replace('\\', '/') : pattern;
        int wild = slashed.AsSpan().IndexOfAny('*', '?');
        int slash = slashed.LastIndexOf('/', wild);
        return slash < 0 ? (".", slashed) : (slash == 0 ? "/" : slashed[..slash], slashed[(slash + 1)..]);
    }

    // Does the list of folder names fit the list of patterns? "**" stands for any number of folders (as the last one, also for the file). Dynamic, so no pattern is slow.
    private static bool Fits(string[] names, string[] patterns)
    {
        bool[] now = new bool[names.Length + 1];
        now[0] = true;
        for (int p = 0; p < patterns.Length; p++)
        {
            bool[] next = new bool[names.Length + 1];
            if (patterns[p] == "**")
            {
                bool on = false;
                for (int n = 0; n <= names.Length; n++)
                {
                    next[n] = on |= now[n];
                }
            }
            else
            {
                for (int n = 0; n < names.Length; n++)
                {
                    next[n + 1] = now[n] && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(patterns[p], names[n], ignoreCase: false);
                }
            }

            now = next;
        }

        return now[names.Length];
    }
}
