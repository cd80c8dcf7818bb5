namespace Caudata.Records;

/// <summary>A whole file that is written beside its place and renamed into it, so that a reader sees the old one or the new one, never half of one.</summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path, _temporary;
    private bool _committed;

    /// <summary>Opens the temporary file, <c>NAME.tmp</c> in the same folder.</summary>
    /// <param name="path">The file.</param>
    public AtomicFile(string path)
    {
        _path = path;
        _temporary = path + ".tmp";
        Stream = new FileStream(_temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    }

    /// <summary>Receives the content; can seek.</summary>
    public FileStream Stream { get; }

    /// <summary>Waits until the content is on the disk, and renames it into its place.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
    }

    /// <summary>Without a commit: deletes the temporary file; the old one stays.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_committed)
        {
            File.Delete(_temporary);
        }
    }

    /// <summary>Writes a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content. When it throws, the old file stays.</param>
    public static void Write(string path, Action<Stream> write)
    {
        using AtomicFile file = new(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>The same for content that is written by awaiting.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        using AtomicFile file = new(path);
        await write(file.Stream);
        file.Commit();
    }

    /// <summary>Writes a text as UTF-8 without a byte-order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
