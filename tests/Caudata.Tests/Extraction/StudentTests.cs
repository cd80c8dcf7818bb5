using System.Text;
using Caudata.Extraction;

namespace Caudata.Tests.Extraction;

public sealed class StudentTests
{
    private static readonly (string Question, string Answer)[] Pool =
    [
        ("How many apples are left?", "She had 12 apples and ate 3, so 12 - 3 = 9 are left."),
        ("What is a prime?", "A prime has exactly two divisors."),
        ("How many pears?", "He had 7 pears and ate 2, so 7 - 2 = 5 are left."),
        ("Say it twice.", "So so.\n\nSo so."),
    ];

    [Theory]
    [InlineData("")]
    [InlineData("She had 12 pears, so 5 are left.")]
    [InlineData("zyzzyva über 😀\u200d x¤ y¥ \t\r\n  end ")]
    public void BitsAreMinusTheLogarithmOfTheProduct(string answer)
    {
        answer = Lone(answer);
        const string question = "How many apples remain?";
        var options = new StudentOptions { Order = 3, SpellingOrder = 4 };

        // The same model put together from the parts: any numbering of the words will do.
        string[] words = [.. Pool.SelectMany(pair => Tokens(pair.Question).Append("\n\n").Concat(Tokens(pair.Answer))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int Symbol(string word) => Array.IndexOf(words, word) is var at and >= 0 ? at + 1 : int.MaxValue;
        int[] Spell(string word) => [.. Encoding.UTF8.GetBytes(word).Select(b => b + 1), 0];
        KneserNey model = KneserNey.Train(Pool.Select(pair => (int[])[.. Tokens(pair.Question).Append("\n\n").Concat(Tokens(pair.Answer)).Select(Symbol), 0]), 3, Token);
        KneserNey spelling = KneserNey.Train(words.Select(Spell), 4, Token);
        List<int> context = [.. Tokens(question).Append("\n\n").Select(Symbol)];
        double bits = 0;
        foreach (string word in Tokens(answer))
        {
            int[] letters = Spell(word);
            double spelled = 1;
            for (int i = 0; i < letters.Length; i++)
            {
                spelled *= spelling.Probability(letters.AsSpan(0, i), letters[i], 1.0 / 257);
            }

            bits -= Math.Log2(model.Probability([.. context], Symbol(word), 0.99 * spelled));
            context.Add(Symbol(word));
        }

        bits -= Math.Log2(model.Probability([.. context], 0, 0.01));
        (double found, long bytes) = Student.Train(Pool, options, Token).Score([(question, answer)], Token);
        Assert.Equal(bits, found, 8);
        Assert.Equal(Encoding.UTF8.GetByteCount(answer), bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("a b")]
    [InlineData("¤")]
    [InlineData("😀")]
    public void AnUntrainedStudentSpellsEveryByteEvenly(string answer)
    {
        answer = Lone(answer);
        (double bits, _) = Student.Train([], new StudentOptions(), Token).Score([("", answer)], Token);
        string[] words = [.. Tokens(answer)];
        Assert.Equal((words.Sum(word => Encoding.UTF8.GetByteCount(word) + 1) * Math.Log2(257)) - (words.Length * Math.Log2(0.99)) - Math.Log2(0.01), bits, 8);
    }

    [Fact]
    public void AWordOfFiveThousandLettersCostsFiniteBits()
    {
        string word = new('q', 5000);
        (double untrained, _) = Student.Train([], new StudentOptions(), Token).Score([("", word)], Token);
        Assert.Equal((5001 * Math.Log2(257)) - Math.Log2(0.99 * 0.01), untrained, 6);
        (double bits, _) = Student.Train(Pool, new StudentOptions(), Token).Score([("", word), ("", "漢" + new string('字', 3000))], Token);
        Assert.True(double.IsFinite(bits) && bits > 30_000, $"{bits}");
    }

    [Fact]
    public void BitsOfSeveralPairsAddUpAndTheOrderOfThePoolDoesNotMatter()
    {
        Student student = Student.Train(Pool, new StudentOptions(), Token), turned = Student.Train(Pool.Reverse(), new StudentOptions(), Token);
        (double together, long bytes) = student.Score(Pool, Token);
        Assert.Equal(Pool.Sum(pair => student.Score([pair], Token).Bits), together, 8);
        Assert.Equal(Pool.Sum(pair => Encoding.UTF8.GetByteCount(pair.Answer)), bytes);
        Assert.Equal(together, turned.Score(Pool, Token).Bits, 8);
        Assert.True(together < Student.Train([], new StudentOptions(), Token).Score(Pool, Token).Bits);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("  two blanks, 12.5 \n\n\t x  ")]
    [InlineData("a¤😀¥ \u2003 é ñ 中文 ½ ٣")]
    public void TokensAddUpToTheText(string text)
    {
        text = Lone(text);
        Assert.Equal(text, string.Concat(Tokens(text)));
        Assert.DoesNotContain("", Tokens(text));
    }

    [Fact]
    public void FeaturesCountEveryWordAndEveryPairOfWords()
    {
        const string text = "So so. So so. So 12 12 12\n\nSo so.";
        uint[] features = NgramFeatures.Of(text);
        Assert.Equal(2 * Tokens(text).Count(), features.Sum(NgramFeatures.Count));
        Assert.Equal(features.Select(NgramFeatures.Bucket).Order().Distinct(), features.Select(NgramFeatures.Bucket));
        Assert.Empty(NgramFeatures.Of(""));
        Assert.Contains(4095, NgramFeatures.Of(new string('.', 5000)).Select(NgramFeatures.Count)); // the count saturates
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Lone surrogates, which an attribute cannot hold.</summary>
    private static string Lone(string text) => text.Replace('¤', '\ud83d').Replace('¥', '\udc00');

    private static IEnumerable<string> Tokens(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            int end = Student.TokenEnd(text, i);
            yield return text[i..end];
            i = end;
        }
    }
}
