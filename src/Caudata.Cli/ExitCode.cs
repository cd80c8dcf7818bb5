namespace Caudata.Cli;

/// <summary>What the exit code of every command says.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A failure that the command was asked to check for was found.</summary>
    public const int Found = 1;

    /// <summary>Wrong usage or bad input.</summary>
    public const int Wrong = 2;

    /// <summary>Stopped by a budget or a signal; the same command goes on.</summary>
    public const int Stopped = 3;

    /// <summary>More of the input was lost than allowed.</summary>
    public const int Lost = 4;
}
