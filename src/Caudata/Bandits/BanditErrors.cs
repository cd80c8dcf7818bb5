using System.Diagnostics.CodeAnalysis;

namespace Caudata.Bandits;

/// <summary>The one place where this folder's guards are worded.</summary>
internal static class BanditErrors
{
    public static void RequireArm(int arm, int arms)
    {
        if ((uint)arm >= (uint)arms)
        {
            throw new ArgumentOutOfRangeException(nameof(arm), $"Arm {arm} does not exist; there are {arms} arms, numbered 0 to {arms - 1}.");
        }
    }

    public static void RequireDocuments(int arm, int documents, int remaining)
    {
        if (documents < 0 || documents > remaining)
        {
            throw new ArgumentOutOfRangeException(nameof(documents), $"Arm {arm}: {documents} documents were read; expected 0 to {remaining}, the number that is left. Read no document twice.");
        }
    }

    public static void RequireLength(int length, int arms, string name)
    {
        if (length != arms)
        {
            throw new ArgumentException($"The span has length {length}; expected {arms}, the number of arms.", name);
        }
    }

    public static void RequireCount(int count)
    {
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"{count} arms were asked for; expected at least 1.");
        }
    }

    [DoesNotReturn]
    public static void Throw(List<string> mistakes, string name) => throw new ArgumentException(string.Join(" ", mistakes), name);
}
