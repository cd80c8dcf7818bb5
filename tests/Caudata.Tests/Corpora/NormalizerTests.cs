using System.Text;
using Caudata.Corpora;
using Caudata.Numerics;

namespace Caudata.Tests.Corpora;

public sealed class NormalizerTests
{
    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("a\r\nb\rc\u0085d\u2028e\ff", "a\nb\nc\nd\ne\nf")]
    [InlineData("a\0b\u0007c\u009Fd\u007F", "abcd")]
    [InlineData("\uFEFFx\u200By\u2060z\u00ADw", "xyzw")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("e\u200B\u0301", "\u00E9")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("\u212B \u2126 \u0374", "\u00C5 \u03A9 \u02B9")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\uD834\uDD5E", "\uD834\uDD57\uD834\uDD65")]
    [InlineData("\uD804\uDC99\uD804\uDCBA", "\uD804\uDC9A")]
    [InlineData("👩\u200D👧", "👩\u200D👧")]
    [InlineData("", "")]
    public void Text_takes_its_one_form(string given, string expected) => Assert.Equal(expected, Normalizer.Normalize(given));

    // Facts, not inline data: attributes cannot hold unpaired surrogates.
    [Fact]
    public void Unpaired_surrogates_and_non_characters_are_replaced()
    {
        Assert.Equal("a\uFFFD", Normalizer.Normalize("a\uD83D"));
        Assert.Equal("\uFFFDb\uFFFD", Normalizer.Normalize("\uDE00b\uFFFE"));
        Assert.Equal("\uFFFD\uFFFD😀", Normalizer.Normalize("\uDE00\uD83D😀"));
    }

    [Fact]
    public void Normal_text_is_returned_as_the_same_object()
    {
        foreach (string text in new[] { "ASCII only, of some length so that vectors are used.\n", "Ünïcödé – “quoted” ≤ 5 € and 漢字 and 😀 " + new string('x', 99) })
        {
            Assert.Same(text, Normalizer.Normalize(text));
            Assert.True(Normalizer.IsNormalized(text));
        }
    }

    [Fact]
    public void Normalising_twice_changes_nothing_and_leaves_no_control_characters()
    {
        var random = new RandomStream(11, "normaliser");
        int[] pool = [.. Enumerable.Range(0, 0x350), .. Enumerable.Range(0x1100, 0x100), .. Enumerable.Range(0xAC00, 60), .. Enumerable.Range(0x900, 0x80), .. Enumerable.Range(0x1E00, 0x100), .. Enumerable.Range(0x2000, 0x80), 0xD800, 0xDC00, 0xDD57, 0xD834, 0xDD65, 0xFEFF, 0xFFFE];
        for (int round = 0; round < 3000; round++)
        {
            var text = new StringBuilder();
            for (int n = random.NextInt32(60); n > 0; n--)
            {
                text.Append((char)pool[random.NextInt32(pool.Length)]);
            }

            string once = Normalizer.Normalize(text.ToString());
            Assert.Same(once, Normalizer.Normalize(once));
            Assert.DoesNotContain(once, c => char.IsControl(c) && c is not '\n' and not '\t');
        }
    }

    [Fact]
    public void Order_of_marks_does_not_matter_where_it_must_not()
    {
        // Canonically equivalent spellings meet: every composite equals its decomposition, with a mark of another class in between or not.
        foreach ((int composite, int[] parts) in CanonicalTables.Decompositions.Where(d => d.Key < 0x2000))
        {
            string whole = char.ConvertFromUtf32(composite), apart = string.Concat(parts.Select(char.ConvertFromUtf32));
            Assert.Equal(Normalizer.Normalize(whole), Normalizer.Normalize(apart));
            Assert.Equal(Normalizer.Normalize(whole + "\u0323"), Normalizer.Normalize(apart + "\u0323"));
        }
    }

    [Fact]
    public void A_long_run_of_marks_is_not_slow()
    {
        string text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 200_000));
        Assert.Equal('\u1EA1', Normalizer.Normalize(text)[0]);
    }
}
