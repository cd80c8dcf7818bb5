namespace Caudata.Records;

/// <summary>What the system says when a file cannot be used, in words of this program.</summary>
internal static class DiskFault
{
    private const int NoSpaceOnUnix = 28, NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>The fault as a sentence without the path.</summary>
    /// <param name="fault">The exception of the system.</param>
    public static string InWords(Exception fault) => fault switch
    {
        FileNotFoundException => "There is no such file.",
        DirectoryNotFoundException => "There is no such folder.",
        PathTooLongException => "The path is too long.",
        UnauthorizedAccessException => "Permission is denied.",
        IOException { HResult: NoSpaceOnUnix or NoSpaceOnWindows } => "The disk is full.",
        _ => fault.Message,
    };
}
