using System.Collections.Immutable;
using Caudata.Corpora;
using Caudata.Numerics;

namespace Caudata.Tests.Corpora;

public sealed class PassageSplitterTests
{
    private static readonly string[] Pieces =
    [
        "# Heading\n\n", "## Sub\n", "Some words in a sentence. ", "\n\n", "\n", "```\ncode\n\ncode\n```\n", "$$\nx = 1\n$$\n", "| a | b |\n", "<p>text</p>", "<div data-type=\"exercise\">", "</div>", "<section><h2>T</h2>", "</section>",
        "<table><tr><td>1</td></tr></table>", "<pre>", "</pre>", "<!-- c", "-->", "\\section{S}\n", "\\begin{exercise}\nq\n\\end{exercise}\n", "\\begin{solution}\n", "\\end{solution}\n", "\\[", "\\]", "Q: why?\nA: so.\n", "😀😀😀", "e\u0301e\u0301", "longwordwithoutanyspaces", "<a href='", "\"", "<",
    ];

    [Theory]
    [InlineData(DocumentFormat.Text)]
    [InlineData(DocumentFormat.Html)]
    [InlineData(DocumentFormat.Markdown)]
    [InlineData(DocumentFormat.Latex)]
    [InlineData(DocumentFormat.Cnxml)]
    public void Passages_in_order_are_the_document(DocumentFormat format)
    {
        var random = new RandomStream(5, "splitter", (ulong)format);
        for (int round = 0; round < 300; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.NextInt32(120)).Select(_ => Pieces[random.NextInt32(Pieces.Length)]));
            int max = 20 + random.NextInt32(400);
            ImmutableArray<TextSpan> spans = PassageSplitter.Split(text, format, max);
            int at = 0;
            foreach (TextSpan span in spans)
            {
                Assert.Equal(at, span.Start);
                Assert.InRange(span.Length, 1, max);
                Assert.False(span.End < text.Length && char.IsLowSurrogate(text[span.End]) && char.IsHighSurrogate(text[span.End - 1]));
                at = span.End;
            }

            Assert.Equal(text.Length, at);
        }
    }

    [Fact]
    public void Headings_are_preferred_over_paragraphs()
    {
        string text = "# One\n\n" + string.Concat(Enumerable.Repeat("A paragraph of words.\n\n", 20)) + "# Two\n\n" + string.Concat(Enumerable.Repeat("Another paragraph.\n\n", 20));
        Assert.Equal(text.IndexOf("# Two", StringComparison.Ordinal), PassageSplitter.Split(text, DocumentFormat.Markdown, 600)[0].End);
    }

    [Fact]
    public void An_exercise_stays_with_its_solution()
    {
        string filler = string.Concat(Enumerable.Repeat("<p>Words and words.</p>\n", 20));
        string exercise = "<div data-type=\"exercise\"><div data-type=\"problem\"><p>What is 2 + 2?</p></div><div data-type=\"solution\"><p>4</p></div></div>\n";
        string text = filler + exercise + filler;
        int middle = filler.Length + 60;
        TextSpan first = PassageSplitter.Split(text, DocumentFormat.Html, middle)[0];
        Assert.Equal(filler.Length, first.End);
    }

    [Fact]
    public void Code_and_mathematics_are_not_torn_where_paragraphs_are_near()
    {
        string before = string.Concat(Enumerable.Repeat("Words before it.\n\n", 10)), code = "```\n" + string.Concat(Enumerable.Repeat("line\n\n", 20)) + "```\n";
        Assert.InRange(PassageSplitter.Split(before + code, DocumentFormat.Markdown, before.Length + 50)[0].End, 1, before.Length);
        string latex = string.Concat(Enumerable.Repeat("Words before.\n\n", 10));
        string math = "\\begin{align}\n" + string.Concat(Enumerable.Repeat("a &= b \\\\\n", 20)) + "\\end{align}\n";
        Assert.InRange(PassageSplitter.Split(latex + math, DocumentFormat.Latex, latex.Length + 50)[0].End, 1, latex.Length);
    }

    [Theory]
    [InlineData("<a <a <a ")]
    [InlineData("<!-- ")]
    [InlineData("<script>")]
    [InlineData("<div>")]
    [InlineData("<a '><b \">")]
    [InlineData("\\begin{proof}")]
    [InlineData("``` $$ ")]
    public void Hostile_markup_is_split_in_linear_time(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 2_000_000 / piece.Length));
        foreach (DocumentFormat format in Enum.GetValues<DocumentFormat>())
        {
            Assert.Equal(text.Length, PassageSplitter.Split(text, format, 24_000).Sum(s => s.Length));
        }
    }
}
