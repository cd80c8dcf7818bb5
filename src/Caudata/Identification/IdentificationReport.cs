using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>Everything that was found about a question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="AdjustmentSets">The minimal adjustment sets.</param>
/// <param name="FrontDoorSets">The minimal front-door sets.</param>
/// <param name="Instruments">The conditional instruments.</param>
/// <param name="Proof">The proof, a line a step; empty unless asked for.</param>
public sealed record IdentificationReport(CausalQuestion Question, Answer Verdict, VariableSetList AdjustmentSets, VariableSetList FrontDoorSets, InstrumentList Instruments, ImmutableArray<string> Proof)
{
    /// <summary>True when the observed distribution alone gives the effect.</summary>
    public bool IsIdentified => Verdict.Formula is not null;

    /// <summary>The hedge, where it does not.</summary>
    public Hedge? Hedge => Verdict switch { Answer.Impossible no => no.Hedge, Answer.ByInstrument by => by.Hedge, _ => null };

    /// <summary>The formula as text; that of an instrument is the slope of a linear model; null when there is none.</summary>
    public string? Plain => Verdict is Answer.ByInstrument { Instrument: var i } ? $"cov({Between(i, Question.Outcome, " | ")}) / cov({Between(i, Question.Treatment, " | ")})"
        : Verdict.Formula is { } formula ? FormulaText.Plain(formula, Question.Graph) : null;

    /// <summary>The formula as LaTeX for math mode; null when there is none.</summary>
    public string? Latex => Verdict is Answer.ByInstrument { Instrument: var i } ? $@"\frac{{\operatorname{{cov}}({Between(i, Question.Outcome, @" \mid ")})}}{{\operatorname{{cov}}({Between(i, Question.Treatment, @" \mid ")})}}"
        : Verdict.Formula is { } formula ? FormulaText.Latex(formula, Question.Graph) : null;

    /// <summary>Variables of the formula that are neither asked about nor summed over: it gives the same number for each of their values that occurs.</summary>
    public ImmutableArray<int> Arbitrary => Verdict.Formula is { } formula ? [.. formula.Free.Where(v => !Question.Treatment.Contains(v) && !Question.Outcome.Contains(v) && !Question.Given.Contains(v) && Question.Graph.Variables[v].Kind == VariableKind.Observed)] : [];

    /// <summary>What the answer rests on, a sentence each.</summary>
    public ImmutableArray<string> Assumptions
    {
        get
        {
            List<string> assumptions = ["The graph is right: no cause, no common cause and no direction is wrong or left out.", "One version of each treatment, and no unit's treatment moves another's outcome."];
            if (Verdict is Answer.ByInstrument)
            {
                assumptions.Add("The model is linear, so that the effect is the same for everybody (data cannot show this).");
            }
            else if (Verdict is Answer.Trivially)
            {
                assumptions.RemoveAt(1);
            }
            else if (IsIdentified)
            {
                assumptions.Add("Positivity: whatever the formula conditions on happens with positive probability.");
            }

            if (Question.Graph.Variables.Any(v => v.Kind == VariableKind.Selection))
            {
                assumptions.Add("Only selected rows are seen: the formula reads them alone.");
            }

            if (Question.Graph.Variables.Any(v => v.Kind == VariableKind.Indicator))
            {
                assumptions.Add("Nothing is missing: the formula is about complete data. Ask `caudata identify recover` whether it follows from what is seen.");
            }

            return [.. assumptions];
        }
    }

    private string Between(ConditionalInstrument i, VariableSet other, string bar)
    {
        string Names(IEnumerable<int> set) => string.Join(", ", set.Select(v => Question.Graph.Variables[v].Name));
        return $"{Names([i.Variable, .. other.ToArray()])}{(i.Given.IsEmpty ? "" : bar + Names(i.Given.ToArray()))}";
    }
}
