using Caudata.Extraction.Structural;

namespace Caudata.Tests.Extraction.Structural;

public sealed class ExerciseElementsTests
{
    [Fact]
    public void An_exercise_with_problem_and_solution_is_a_pair_with_exact_spans()
    {
        const string Text = """<h2>Sums</h2><div data-type="exercise"><div data-type="problem"><p>How many legs do seven spiders have?</p></div><div data-type="solution"><p>\(7\cdot 8=56\) legs.</p></div></div>""";
        var pair = Structural.Single(Structural.Html(Text));
        Assert.Equal("How many legs do seven spiders have?", pair.Question);
        Assert.Equal("\\(7\\cdot 8=56\\) legs.", pair.Answer);
        Assert.Equal("exercise-solution", pair.Pattern);
        Assert.Contains("seven spiders", Text[pair.QuestionSpan.Start..pair.QuestionSpan.End], StringComparison.Ordinal);
        Assert.DoesNotContain("56", Text[pair.QuestionSpan.Start..pair.QuestionSpan.End], StringComparison.Ordinal);
        Assert.StartsWith("<div data-type=\"solution\">", Text[pair.AnswerSpan.Start..pair.AnswerSpan.End], StringComparison.Ordinal);
    }

    [Fact]
    public void A_shared_instruction_stands_in_front_of_each_of_its_exercises()
    {
        const string Text = """
            <p>In the following exercises, simplify.</p>
            <div class="exercise"><div class="problem">\(3x+4x\)</div><div class="solution">\(7x\)</div></div>
            <div class="exercise"><div class="problem">\(9y-4y\)</div><div class="solution">\(5y\)</div></div>
            <h3>More</h3>
            <div class="exercise"><div class="problem">Find the sum of 3 and 4.</div><div class="solution">7</div></div>
            """;
        var pairs = Structural.Html(Text).Pairs;
        Assert.Equal(["In the following exercises, simplify.\n\n\\(3x+4x\\)", "In the following exercises, simplify.\n\n\\(9y-4y\\)", "Find the sum of 3 and 4."], pairs.Select(p => p.Question));
        Assert.Equal(["\\(7x\\)", "\\(5y\\)", "7"], pairs.Select(p => p.Answer));
    }

    [Fact]
    public void The_letter_of_an_option_is_answered_with_its_words()
    {
        const string Text = """<exercise><problem><para>Which planet is nearest to the Sun?</para><ol><li>Venus</li><li>Mercury</li><li>Mars</li></ol></problem><solution><para>B</para></solution></exercise>""";
        var pair = Structural.Single(Structural.Html(Text));
        Assert.Equal("B. Mercury", pair.Answer);
        Assert.Contains("A. Venus\nB. Mercury\nC. Mars", pair.Question, StringComparison.Ordinal);
    }

    [Fact]
    public void A_latex_exercise_is_answered_by_the_environment_or_macro_behind_it()
    {
        const string Text = "\\begin{exercise}\nCompute $2+3$ for the ants.\n\\end{exercise}\n\\exsol{It is $5$ ants.}\n\n\\begin{dproblem}[Hard]\nShow that $0$ is even.\n\\begin{hint}Halve it.\\end{hint}\n\\begin{soln}\nBecause $0=2\\cdot 0$.\n\\end{soln}\n\\end{dproblem}\n";
        var pairs = Structural.Latex(Text).Pairs;
        Assert.Equal(["Compute $2+3$ for the ants.", "Show that $0$ is even."], pairs.Select(p => p.Question));
        Assert.Equal(["It is $5$ ants.", "Because $0=2\\cdot 0$."], pairs.Select(p => p.Answer));
    }

    [Theory]
    [InlineData("<div class='exercise'><p>What does the <img src='x.png' alt='a fish'> eat at night?</p><div class='solution'>Worms.</div></div>", StructuralReasons.NeedsFigure)]
    [InlineData("<div class='exercise'><p>What is the slope of the line shown below, in metres?</p><div class='solution'>2</div></div>", StructuralReasons.NeedsFigure)]
    [InlineData("<div class='exercise'><p>Repeat the previous exercise for cats and dogs.</p><div class='solution'>12</div></div>", StructuralReasons.NeedsContext)]
    [InlineData("<div class='exercise'><p>\\(3x+4x\\)</p><div class='solution'>\\(7x\\)</div></div>", StructuralReasons.NeedsContext)]
    [InlineData("<div class='exercise'><p>Describe your favourite animal.</p><div class='solution'>Answers will vary.</div></div>", StructuralReasons.AnswerOpen)]
    [InlineData("<div class='exercise'><p>Describe an ant and its legs.</p><div class='solution'> </div></div>", StructuralReasons.AnswerEmpty)]
    [InlineData("<div class='exercise'><p>Describe an ant and its legs.</p><div class='solution'>Describe an ant and its legs.</div></div>", StructuralReasons.SameText)]
    public void A_pair_that_cannot_stand_alone_is_rejected_with_its_reason(string html, string reason) => Assert.Equal(reason, Structural.Rejected(Structural.Html(html)));
}
