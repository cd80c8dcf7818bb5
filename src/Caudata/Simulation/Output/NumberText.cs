using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Caudata.Simulation.Output;

/// <summary>Numbers as bytes of a text file: whole numbers without a point, others in the shortest form that reads back the same, NaN as nothing.</summary>
internal sealed class NumberText
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);

    /// <summary>What was written so far.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public NumberText Number(double value)
    {
        if (value == Math.Floor(value) && Math.Abs(value) < 1e15)
        {
            return Number((long)value);
        }

        if (!double.IsNaN(value))
        {
            Span<byte> span = _buffer.GetSpan(32);
            value.TryFormat(span, out int written, "R", CultureInfo.InvariantCulture);
            _buffer.Advance(written);
        }

        return this;
    }

    public NumberText Number(long value)
    {
        Span<byte> span = _buffer.GetSpan(24);
        Utf8Formatter.TryFormat(value, span, out int written);
        _buffer.Advance(written);
        return this;
    }

    public NumberText Symbol(char symbol)
    {
        _buffer.GetSpan(1)[0] = (byte)symbol;
        _buffer.Advance(1);
        return this;
    }

    public NumberText Text(string text)
    {
        _buffer.Advance(Encoding.UTF8.GetBytes(text, _buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
        return this;
    }
}
