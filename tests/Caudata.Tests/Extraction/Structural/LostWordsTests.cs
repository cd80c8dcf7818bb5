namespace Caudata.Tests.Extraction.Structural;

/// <summary>Words that once vanished from pairs, or stood where they should not.</summary>
public sealed class LostWordsTests
{
    [Theory]
    [InlineData("**Answer.** 120 eggs.", "120 eggs.")]
    [InlineData("**Solution.** 12.5 km is the way.", "12.5 km is the way.")]
    [InlineData("**Solution.** 17 + 25 = 42.", "17 + 25 = 42.")]
    [InlineData("*Solution.* 5050 is the sum.", "5050 is the sum.")]
    [InlineData("**Solution 3.** It is 42.", "It is 42.")]
    public void A_number_behind_a_label_belongs_to_the_answer(string line, string answer) =>
        Assert.Equal(answer, Structural.Single(Structural.Markdown($"**Problem 3.** How much is it in all, counted by hand?\n\n{line}\n")).Answer);

    [Fact]
    public void A_number_behind_a_label_belongs_to_the_answer_in_plain_text() =>
        Assert.Equal("12 wheels, four on each car.", Structural.Single(Structural.Plain("Problem 1. How many wheels have three cars?\nSolution. 12 wheels, four on each car.\n")).Answer);

    [Fact]
    public void Quantities_of_LaTeX_stay_as_they_are_written()
    {
        var pair = Structural.Single(Structural.Latex("\\begin{exercise}\nA \\unit[5000]{kg} car moves at \\unitfrac[1]{m}{s} over \\SI{3}{m}. What is its momentum?\n\\end{exercise}\n\\begin{solution}\nIt is \\qty{5000}{\\kilo\\gram\\metre\\per\\second}.\n\\end{solution}\n"));
        Assert.Equal("A \\unit[5000]{kg} car moves at \\unitfrac[1]{m}{s} over \\SI{3}{m}. What is its momentum?", pair.Question);
        Assert.Equal("It is \\qty{5000}{\\kilo\\gram\\metre\\per\\second}.", pair.Answer);
    }

    [Fact]
    public void Head_and_body_of_a_table_are_one_table() =>
        Assert.Equal(
            "| n | square |\n| --- | --- |\n| 3 | 9 |\n| 4 | 16 |",
            Structural.Single(Structural.Html("<div class=\"exercise\"><p>What do the numbers say about 3 and 4?</p><div class=\"solution\"><table><thead><tr><th>n</th><th>square</th></tr></thead><tbody><tr><td>3</td><td>9</td></tr><tr><td>4</td><td>16</td></tr></tbody></table></div></div>")).Answer);

    [Fact]
    public void The_next_question_is_no_answer() =>
        Assert.Empty(Structural.Html("<div class=\"exercise\"><p>How old is Kofi in four years?</p><div class=\"solution\"><p><b>Question:</b> How old is Ada?</p></div></div>").Pairs);
}
