using Caudata.Corpora;
using Caudata.Extraction;
using Caudata.Extraction.Checks;

namespace Caudata.Tests.Extraction.Checks;

public sealed class GroundedTests
{
    private static bool Passes(string text, string answer, TextSpan question, TextSpan span) =>
        Grounded.Judge(new CandidatePair("Which?", answer, question, span, "exercise-solution"), new Document { Id = "d", Source = "s", Format = DocumentFormat.Html, Text = text }, 0.7).Passed;

    [Fact]
    public void An_option_named_by_its_letter_stands_in_the_question()
    {
        const string Text = "Which is a fruit? A. stone B. ripe yellow pear <p>B</p>";
        int at = Text.IndexOf("<p>", StringComparison.Ordinal);
        Assert.True(Passes(Text, "B. ripe yellow pear", new TextSpan(0, at), new TextSpan(at, Text.Length)));
        Assert.False(Passes(Text, "B. a sweet green apple", new TextSpan(0, at), new TextSpan(at, Text.Length)));
    }

    [Fact]
    public void Circled_letters_are_letters()
    {
        const string Text = "Round: <li>ⓐ 390</li><li>ⓑ 2,930</li>";
        Assert.True(Passes(Text, "(a) 390 (b) 2,930", new TextSpan(0, 6), new TextSpan(7, Text.Length)));
    }
}
