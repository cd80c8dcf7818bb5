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
            throw new InputException($"{Path} cannot be read: {e.Message} Check that it is there and that you may read it.", e);
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
    private static readonly EnumerationOptions Walk = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint, // a link could lead in a circle
        IgnoreInaccessible = false,
    };

    /// <summary>The files that the patterns name, each once, in ordinal order of <see cref="SourceFile.Name"/> (then path), whatever the order of the patterns.</summary>
    /// <remarks>
    /// <para>A pattern is a file, a folder (read recursively; links, and files and folders whose name starts with a dot are left out), or a glob:
    /// <c>*</c> any characters but <c>/</c>, <c>?</c> one character, <c>**</c> any number of folders.</para>
    /// <para>Names are relative to the folder, to the part of the glob before its first wildcard, or to the file's own folder. Where two files would have the same name, both are called by their path as given.</para>
    /// </remarks>
    /// <param name="patterns">At least one file, folder or glob.</param>
    /// <exception cref="InputException">A pattern names nothing; all such patterns are listed at once.</exception>
    public static ImmutableArray<SourceFile> Expand(IEnumerable<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var found = new Dictionary<string, (string Name, string Given, long Length)>(StringComparer.Ordinal);
        var missing = new List<string>();
        int given = 0;
        foreach (string pattern in patterns)
        {
            given++;
            int before = found.Count;
            bool any = false;
            foreach ((string path, string name, string asGiven) in Match(pattern))
            {
                any = true;
                found.TryAdd(path, (name, asGiven, new FileInfo(path).Length));
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

        Dictionary<string, int> uses = found.Values.CountBy(f => f.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. found
            .Select(f => new SourceFile(f.Key, uses[f.Value.Name] > 1 ? f.Value.Given : f.Value.Name, f.Value.Length))
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

    private static IEnumerable<(string Path, string Name, string Given)> Match(string pattern)
    {
        if (pattern.Length == 0)
        {
            yield break;
        }

        if (File.Exists(pattern))
        {
            yield return (Path.GetFullPath(pattern), Path.GetFileName(pattern), pattern.Replace('\\', '/'));
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
        IEnumerable<string> paths;
        try
        {
            paths = Directory.EnumerateFiles(full, "*", deep ? Walk : new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint }).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Folder '{root}' cannot be listed: {e.Message}", e);
        }

        foreach (string path in paths)
        {
            string name = Path.GetRelativePath(full, path).Replace('\\', '/');
            string[] parts = name.Split('/');
            if (Fits(parts, wanted) && !parts.Any(p => p[0] == '.'))
            {
                yield return (path, name, prefix.Length == 0 || prefix == "." ? name : prefix + "/" + name);
            }
        }
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
