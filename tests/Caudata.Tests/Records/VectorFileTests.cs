using Caudata.Records;

namespace Caudata.Tests.Records;

public sealed class VectorFileTests : IDisposable
{
    private readonly RunPlace _place = new();

    public void Dispose() => _place.Dispose();

    private static float[] Rows(int first, int count, int d) => [.. Enumerable.Range(first * d, count * d).Select(i => i * 0.5f)];

    [Fact]
    public void Rows_are_read_back_loaded_mapped_and_in_parts()
    {
        using VectorFile file = VectorFile.Open(_place["v"], 3);
        Assert.True(file.Map().IsEmpty);
        file.Append(Rows(0, 4, 3));
        file.Append(Rows(4, 6, 3));
        Assert.Equal(10, file.Count);
        Assert.Equal(Rows(0, 10, 3), file.Load());
        Assert.Equal(Rows(0, 10, 3), file.Map().ToArray());
        float[] part = new float[6];
        file.Read(7, part);
        Assert.Equal(Rows(7, 2, 3), part);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(9, part));
        Assert.Throws<ArgumentException>(() => file.Append(new float[4]));
        file.Append(Rows(10, 1, 3));
        Assert.Equal(Rows(0, 11, 3), file.Map().ToArray());
        file.Truncate(2);
        Assert.Equal(Rows(0, 2, 3), file.Map().ToArray());
    }

    [Fact]
    public void A_tail_torn_at_any_byte_is_cut_off_and_appending_goes_on()
    {
        using (VectorFile file = VectorFile.Open(_place["whole"], 4))
        {
            file.Append(Rows(0, 3, 4));
        }

        byte[] bytes = File.ReadAllBytes(_place["whole"]);
        for (int length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(_place["torn"], bytes[..length]);
            using VectorFile file = VectorFile.Open(_place["torn"], 4);
            Assert.Equal(Math.Max(0, length - 64) / 16, file.Count);
            file.Append(Rows(file.Count, 1, 4));
            Assert.Equal(Rows(0, file.Count, 4), file.Load());
        }
    }

    [Fact]
    public void Another_dimension_or_another_file_is_refused()
    {
        VectorFile.Open(_place["v"], 4).Dispose();
        Assert.Contains("4", Assert.Throws<RecordException>(() => VectorFile.Open(_place["v"], 5)).Message, StringComparison.Ordinal);
        File.WriteAllText(_place["t"], new string('x', 100));
        Assert.Throws<RecordException>(() => VectorFile.Open(_place["t"], 4));
    }
}
