using System.Globalization;
using System.Text;
using Caudata.Corpora;

namespace Caudata.Tests.Extraction.Structural;

public sealed class AnswerKeysTests
{
    private const string Lists = "<h2>Newts</h2><p>They swim.</p><h3>Exercises</h3><ol><li>How many legs has a newt?</li><li>How many legs have five newts?</li><li>How many eyes have two newts?</li></ol><h3>Answers</h3>";

    [Theory]
    [InlineData(Lists + "<ol><li>It has four legs.</li><li>They have twenty legs.</li><li>They have four eyes.</li></ol>")]
    [InlineData(Lists + "<p>1. It has four legs.</p><p>2. They have twenty legs.</p><p>3. They have four eyes.</p>")]
    [InlineData(Lists + "<p><b>1)</b> It has four legs.</p><p><b>2)</b> They have twenty legs.</p><p><b>3)</b> They have four eyes.</p>")]
    [InlineData("<h2>Review questions</h2><p>1. How many legs has a newt?</p><p>2. How many legs have five newts?</p><p>3. How many eyes have two newts?</p><h2>Answer key</h2><ol><li>It has four legs.</li><li>They have twenty legs.</li><li>They have four eyes.</li></ol>")]
    public void Answers_under_their_heading_are_matched_by_number_in_html(string html) => Check(Structural.Html(html));

    [Theory]
    [InlineData("## Exercises\n\n1. How many legs has a newt?\n2. How many legs have five newts?\n3. How many eyes have two newts?\n\n## Solutions\n\n1. It has four legs.\n2. They have twenty legs.\n3. They have four eyes.\n")]
    [InlineData("## Practice\n\n**1.** How many legs has a newt?\n\n**2.** How many legs have five newts?\n\n**3.** How many eyes have two newts?\n\n**Answers**\n\n1. It has four legs.\n2. They have twenty legs.\n3. They have four eyes.\n")]
    public void And_in_markdown(string markdown) => Check(Structural.Markdown(markdown));

    [Fact]
    public void And_in_latex() => Check(Structural.Read("\\section{Exercises}\n\\begin{enumerate}\n\\item How many legs has a newt?\n\\item How many legs have five newts?\n\\item How many eyes have two newts?\n\\end{enumerate}\n\\section{Answers}\n\\begin{enumerate}\n\\item It has four legs.\n\\item They have twenty legs.\n\\item They have four eyes.\n\\end{enumerate}\n", DocumentFormat.Latex));

    private static void Check(Caudata.Extraction.Reading reading)
    {
        Assert.Equal(["How many legs has a newt?", "How many legs have five newts?", "How many eyes have two newts?"], reading.Pairs.Select(pair => pair.Question));
        Assert.Equal(["It has four legs.", "They have twenty legs.", "They have four eyes."], reading.Pairs.Select(pair => pair.Answer));
        Assert.All(reading.Pairs, pair => Assert.Equal("answer-key", pair.Pattern));
    }

    [Fact]
    public void Odd_numbers_alone_are_answered_and_the_others_are_not()
    {
        var reading = Structural.Html("<h3>Problems</h3><ol start='11'><li>How many legs has a newt?</li><li>How many legs has a snake?</li><li value='13'>How many eyes have two newts?</li></ol><h3>Answers to odd-numbered problems</h3><p>11. It has four legs.</p><p>13. They have four eyes.</p>");
        Assert.Equal([("How many legs has a newt?", "It has four legs."), ("How many eyes have two newts?", "They have four eyes.")], reading.Pairs.Select(pair => (pair.Question, pair.Answer)));
    }

    [Fact]
    public void Numbers_that_begin_anew_are_told_apart_by_the_headings_of_the_key()
    {
        string Section(string name, string animal) => $"<h2>{name}</h2><p>Text.</p><h3>Exercises</h3><ol><li>How many legs has a {animal}?</li><li>How many eyes has a {animal}?</li></ol>";
        var reading = Structural.Html(Section("Chapter 1 Newts", "newt") + Section("Chapter 2 Flies", "fly") + "<h2>Solutions</h2><h3>Chapter 1</h3><ol><li>It has four.</li><li>It has two.</li></ol><h3>Chapter 2</h3><ol><li>It has six.</li><li>It has thousands.</li></ol>");
        Assert.Equal([("How many legs has a newt?", "It has four."), ("How many eyes has a newt?", "It has two."), ("How many legs has a fly?", "It has six."), ("How many eyes has a fly?", "It has thousands.")], reading.Pairs.Select(pair => (pair.Question, pair.Answer)));
    }

    [Theory] // What is ambiguous is left alone: two groups have the numbers and the key names none; the key's numbers are others; the list is a recipe.
    [InlineData("<h2>Newts</h2><h3>Exercises</h3><ol><li>How many legs has a newt?</li><li>How many eyes has it?</li></ol><h2>Flies</h2><h3>Exercises</h3><ol><li>How many legs has a fly?</li><li>How many eyes has it?</li></ol><h2>Answers</h2><ol><li>It has four.</li><li>It has two.</li></ol>")]
    [InlineData("<h3>Exercises</h3><ol><li>How many legs has a newt?</li><li>How many eyes has it?</li></ol><h3>Answers</h3><p>7. It has four.</p><p>8. It has two.</p>")]
    [InlineData("<h3>How to cook newts</h3><ol><li>Boil the water.</li><li>Free the newts.</li></ol><h3>Answers</h3><ol><li>It is hot.</li><li>They are free.</li></ol>")]
    [InlineData("<h2>Answers</h2><ol><li>It has four.</li><li>It has two.</li></ol><h3>Exercises</h3><ol><li>How many legs has a newt?</li><li>How many eyes has it?</li></ol>")]
    public void What_is_ambiguous_is_left_alone(string html) => Assert.Empty(Structural.Html(html).Pairs.Where(pair => pair.Pattern == "answer-key"));

    [Fact]
    public void A_shared_instruction_stands_in_front_and_options_keep_their_letters()
    {
        var reading = Structural.Html("<h3>Exercises</h3><p>In the following exercises, write the number as a word.</p><p>1. 17</p><p>2. 23</p><h3>Answers</h3><p>1. seventeen is the word</p><p>2. twenty-three is the word</p>");
        Assert.Equal(["In the following exercises, write the number as a word.\n\n17", "In the following exercises, write the number as a word.\n\n23"], reading.Pairs.Select(pair => pair.Question));
    }

    [Fact]
    public void A_long_key_is_linear()
    {
        var text = new StringBuilder("<h3>Exercises</h3><ol>");
        for (var i = 0; i < 50_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<li>How many legs have {i} newts?</li>");
        }

        text.Append("</ol><h3>Answers</h3><ol>");
        for (var i = 0; i < 50_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<li>They have {4 * i} legs.</li>");
        }

        var reading = Structural.Html(text.Append("</ol>").ToString());
        Assert.Equal(50_000, reading.Pairs.Length);
        Assert.Equal(("How many legs have 49999 newts?", "They have 199996 legs."), (reading.Pairs[^1].Question, reading.Pairs[^1].Answer));
    }
}
