using System.Runtime.CompilerServices;
using Caudata.Numerics;

namespace Caudata.Simulation.Execution;

/// <summary>Applies a function of C# number by number.</summary>
internal static class AppliedFunction
{
    /// <summary>target[i] = function(a[i], b[i], c[i]) for i below <paramref name="count"/>; operands that the function has not are not read.</summary>
    public static void Map(Delegate function, ColumnOperand a, ColumnOperand b, ColumnOperand c, ref double target, int count)
    {
        switch (function)
        {
            case Func<double, double> one:
                for (int i = 0; i < count; i++)
                {
                    Unsafe.Add(ref target, i) = one(At(a, i));
                }

                break;
            case Func<double, double, double> two:
                for (int i = 0; i < count; i++)
                {
                    Unsafe.Add(ref target, i) = two(At(a, i), At(b, i));
                }

                break;
            case Func<double, double, double, double> three:
                for (int i = 0; i < count; i++)
                {
                    Unsafe.Add(ref target, i) = three(At(a, i), At(b, i), At(c, i));
                }

                break;
            default:
                throw new InvalidOperationException($"{function.GetType()} is no function of one to three numbers.");
        }
    }

    private static double At(ColumnOperand operand, int i) => Unsafe.Add(ref operand.Start, i * operand.Stride);
}
