using System.Text;

namespace Caudata.Records;

/// <summary>Whole texts on the disk: small files that a person writes, such as graphs.</summary>
public static class TextFile
{
    /// <summary>Reads a text as UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">Largest size in bytes.</param>
    /// <exception cref="InputException">It is not there, may not be read, is larger, or is no UTF-8.</exception>
    public static string Read(string path, long mostBytes)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(stream, path, mostBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException(Directory.Exists(path) ? $"'{path}' is a folder; expected a file. Name a file in it." : $"'{path}' cannot be read: {DiskFault.InWords(e)} Check that it is there and that you may read it.", e);
        }
    }

    /// <summary>Reads a text as UTF-8 from a stream.</summary>
    /// <param name="stream">The stream; left open.</param>
    /// <param name="name">What it is called, for messages.</param>
    /// <param name="mostBytes">Largest size in bytes.</param>
    /// <exception cref="InputException">It is larger, or is no UTF-8.</exception>
    public static string Read(Stream stream, string name, long mostBytes)
    {
        using MemoryStream content = new();
        byte[] buffer = new byte[1 << 16];
        int n;
        while ((n = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            if (content.Length + n > mostBytes)
            {
                throw new InputException($"'{name}' is larger than {mostBytes} bytes; expected a smaller file. Check that it is the right one.");
            }

            content.Write(buffer, 0, n);
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content.GetBuffer(), 0, (int)content.Length);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"'{name}' is no UTF-8 text: byte {e.Index} cannot be decoded. Save it as UTF-8, or check that it is the right file.", e);
        }
    }

    /// <summary>Writes a text as UTF-8, whole or not at all; a file of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Write(string path, string text)
    {
        try
        {
            AtomicFile.WriteText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"'{path}' cannot be written: {DiskFault.InWords(e)} Check the folder and its permissions.", e);
        }
    }
}
