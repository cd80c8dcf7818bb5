namespace Caudata.Tests.Extraction.Structural;

/// <summary>Conventions of LaTeX courses: declared environments, parts, labels in bold, references.</summary>
public sealed class LatexConventionsTests
{
    private static void Check(string text, params string[] expected) =>
        Assert.Equal(expected, Structural.Latex(text).Pairs.Select(pair => $"{pair.Question} => {pair.Answer}"));

    [Fact]
    public void Each_part_with_a_solution_is_a_pair_with_the_stem_in_front() =>
        Check("\\begin{questions}\n\\question A newt swims.\n\\begin{parts}\n\\part[2] How fast is it?\n\\begin{solution}\nOne metre in a second.\n\\end{solution}\n\\part How far does it come?\n\\begin{solutionorbox}\nTen metres.\n\\end{solutionorbox}\n\\part Why?\n\\end{parts}\n\\end{questions}\n",
            "A newt swims.\n\nHow fast is it? => One metre in a second.", "A newt swims.\n\nHow far does it come? => Ten metres.");

    [Fact]
    public void Items_with_an_answer_in_emphasis_stay_apart() =>
        Check("\\textbf{Problem 2.} How many legs has a newt?\n\n\\textbf{Solution.} It has four legs.\n\n\\begin{enumerate}\n\\item How many eyes has a newt?\n\n\\emph{Answer:} It has two.\n\\item How many tails has a newt? \\emph{Answer:} It has one.\n\\end{enumerate}\n",
            "How many legs has a newt? => It has four legs.", "How many eyes has a newt? => It has two.", "How many tails has a newt? => It has one.");

    [Theory] // the printed title tells; a theorem called "prob" is none
    [InlineData("\\newtheorem{ueb}[thm]{Übung}\n\\newtheorem*{lsg}{Lösung}\n\\begin{document}\n\\begin{ueb}Wo schläft der Molch?\\end{ueb}\n\\begin{lsg}Unter einem Stein.\\end{lsg}\n", "Wo schläft der Molch? => Unter einem Stein.")]
    [InlineData("\\newenvironment{sln}{\\par\\textbf{Solution.}}{}\n\\begin{document}\n\\begin{exercise}Where do newts sleep?\\end{exercise}\n\\begin{sln}Under a stone.\\end{sln}\n", "Where do newts sleep? => Under a stone.")]
    [InlineData("\\begin{problem}Where do newts sleep?\\end{problem}\n\\begin{proof}[Solution]\nUnder a stone.\\end{proof}\n", "Where do newts sleep? => Under a stone.")]
    [InlineData("\\begin{tcolorbox}[title=Problem 3,colback=red]\nWhere do newts sleep?\n\\end{tcolorbox}\n\\begin{tcolorbox}[title=Solution]\nUnder a stone.\n\\end{tcolorbox}\n", "Where do newts sleep? => Under a stone.")]
    [InlineData("{\\bf Problem 4.} Where do newts sleep?\n\n{\\bf Solution.} Under a stone.\n", "Where do newts sleep? => Under a stone.")]
    [InlineData("\\newtheorem{prob}{Probability}\n\\begin{document}\n\\begin{prob}Newts swim often.\\end{prob}\n\\begin{proof}They live in ponds.\\end{proof}\n")]
    public void Environments_are_told_by_their_titles(string text, params string[] expected) => Check(text, expected);

    [Fact]
    public void Solutions_elsewhere_are_found_by_their_references() =>
        Check("\\section{Exercises}\n\\begin{exercise}\\label{ex:a}\nWhere do newts sleep?\n\\end{exercise}\n\\begin{exercise}\\label{ex:b}\nWhat do newts eat?\n\\end{exercise}\n\\section{Solutions}\n\\begin{solution}[of Exercise \\ref{ex:b}]\nMostly worms.\n\\end{solution}\n\n\\textbf{Solution of Exercise~\\ref{ex:a}.} Under a stone.\n",
            "Where do newts sleep? => Under a stone.", "What do newts eat? => Mostly worms.");

    [Fact]
    public void A_proof_belongs_to_the_theorem_before_the_exercise() =>
        Check("\\begin{theorem}All newts swim.\\end{theorem}\n\\begin{exercise}Prove that a newt is wet.\\end{exercise}\n\\begin{proof}Let $n$ be a newt. Then it swims.\\end{proof}\n");

    [Fact]
    public void A_proof_that_nothing_else_waits_for_belongs_to_the_exercise() =>
        Check("\\begin{exercise}Prove that a newt is wet.\\end{exercise}\n\\begin{proof}It swims.\\end{proof}\n", "Prove that a newt is wet. => It swims.");
}
