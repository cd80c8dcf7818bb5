using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Caudata.Simulation.Execution;

/// <summary>Looks for numbers that are not finite.</summary>
internal static class FiniteCheck
{
    /// <summary>True when all numbers are finite: x − x is 0 for these alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool All(ReadOnlySpan<double> values)
    {
        ref double start = ref MemoryMarshal.GetReference(values);
        Vector<long> finite = Vector<long>.AllBitsSet;
        int i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> value = Vector.LoadUnsafe(ref start, (nuint)i);
            finite &= Vector.Equals(value - value, Vector<double>.Zero);
        }

        double rest = 0;
        for (; i < values.Length; i++)
        {
            rest += values[i] - values[i];
        }

        return Vector.EqualsAll(finite, Vector<long>.AllBitsSet) && rest == 0;
    }

    /// <summary>How many numbers are not finite, and the place of the first, or -1.</summary>
    public static (long Count, int First) Find(ReadOnlySpan<double> values)
    {
        long count = 0;
        int first = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                first = count++ == 0 ? i : first;
            }
        }

        return (count, first);
    }
}

/// <summary>A guarded value is not finite somewhere. It only ends a pass; what is told is found afterwards, in the order of causes and units.</summary>
/// <param name="node">The value.</param>
internal sealed class NotFiniteException(Compilation.Node node) : Exception
{
    public Compilation.Node Node => node;
}
