using System.Collections.Immutable;
using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Cli.Commands;

/// <summary>The answer to a question in words.</summary>
internal static class IdentificationProse
{
    private const int MostShown = 10, MostNamed = 30, MostWritten = 5000;

    /// <summary>Writes the answer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="report">What was found.</param>
    /// <param name="remedies">What would help, or null where nothing needs to.</param>
    public static void Write(TextWriter output, IdentificationReport report, RemedyList? remedies)
    {
        CausalGraph graph = report.Question.Graph;
        output.WriteLine($"{report.Question.Text}: {Verdict(report)}");
        if (report.Plain is { } formula)
        {
            output.WriteLine();
            output.WriteLine($"  {(report.IsIdentified ? report.Question.Text : "effect of one unit")} = {(formula.Length <= MostWritten ? formula : $"(a formula of {formula.Length} characters; --json writes it out)")}");
            if (!report.Arbitrary.IsEmpty)
            {
                output.WriteLine($"  for any value of {string.Join(", ", report.Arbitrary.Select(v => graph.Variables[v].Name))} that occurs");
            }
        }

        if (report.Hedge is { } hedge)
        {
            Part(output, "Why not");
            output.WriteLine($"  A hedge: {hedge.Text(graph)}.");
            output.WriteLine("  Two models can agree on everything that is observed and differ in the effect.");
        }

        if (remedies is not null)
        {
            Part(output, "What would help");
            foreach (ImmutableArray<Measurement> set in remedies.Measurements.Take(MostShown))
            {
                output.WriteLine($"  - measuring {string.Join(" and ", set.Select(m => m.Text(graph)))}");
            }

            Rest(output, remedies.Measurements.Length);
            if (remedies.Measurements.IsEmpty)
            {
                output.WriteLine($"  - no set of up to {Remedies.MostMeasurements} unobserved causes to measure{(remedies.IsComplete ? "" : ", as far as was searched")}");
            }

            output.WriteLine($"  - randomising {Names(graph, remedies.Randomise.ToArray())}, if only for a part of the rows");
        }

        if (report.IsIdentified || report.Plain is not null)
        {
            Part(output, "Assumed");
            foreach (string assumption in report.Assumptions)
            {
                output.WriteLine($"  - {assumption}");
            }
        }

        List(output, "Minimal adjustment sets", [.. report.AdjustmentSets.Names(graph).Select(Braced)], report.AdjustmentSets.IsComplete);
        List(output, "Minimal front-door sets", [.. report.FrontDoorSets.Names(graph).Select(Braced)], report.FrontDoorSets.IsComplete);
        List(output, "Instruments", [.. report.Instruments.Items.OrderBy(i => graph.Variables[i.Variable].Name, StringComparer.Ordinal).Select(i => graph.Variables[i.Variable].Name + (i.Given.IsEmpty ? "" : " given " + Names(graph, i.Given.ToArray())))], report.Instruments.IsComplete);
        if (!report.Proof.IsEmpty)
        {
            Part(output, "Proof");
            foreach ((int line, string text) in report.Proof.Index())
            {
                output.WriteLine($"  {line + 1,2}. {text}");
            }
        }
    }

    /// <summary>The verdict in one sentence.</summary>
    /// <param name="report">What was found.</param>
    public static string Verdict(IdentificationReport report)
    {
        CausalGraph graph = report.Question.Graph;
        return report.Verdict switch
        {
            Answer.Trivially => "identified: the treatment does not move the outcome.",
            Answer.ByAdjustment by => $"identified by adjustment for {(by.Set.IsEmpty ? "nothing: what is seen is the effect" : Names(graph, by.Set.ToArray()))}.",
            Answer.ByFrontDoor by => $"identified by the front door {Names(graph, by.Set.ToArray())}.",
            Answer.ByFormula => "identified by the ID algorithm.",
            Answer.ByInstrument by => $"not identified without a further assumption; in a linear model by the instrument {graph.Variables[by.Instrument.Variable].Name}{(by.Instrument.Given.IsEmpty ? "" : " given " + Names(graph, by.Instrument.Given.ToArray()))}.",
            Answer.LostBySelection by => $"not identified from selected rows: the outcome decides which rows are seen, {string.Join(" -> ", by.Path.Select(v => graph.Variables[v].Name))}.",
            Answer.NotShown => "not known: the whole population would give the effect, but no formula was found that reads selected rows alone, and no reason against one.",
            _ => "not identified: no amount of such data gives the effect.",
        };
    }

    private static void Part(TextWriter output, string title)
    {
        output.WriteLine();
        output.WriteLine(title);
    }

    private static void List(TextWriter output, string title, ImmutableArray<string> items, bool complete)
    {
        if (items.IsEmpty && complete)
        {
            return;
        }

        Part(output, complete ? $"{title} ({items.Length})" : items.IsEmpty ? $"{title}: none found before the search was cut short" : $"{title} (the first {items.Length}; the search was cut short)");
        foreach (string item in items.Take(MostShown))
        {
            output.WriteLine($"  {item}");
        }

        Rest(output, items.Length);
    }

    private static void Rest(TextWriter output, int count)
    {
        if (count > MostShown)
        {
            output.WriteLine($"  and {count - MostShown} more; --json lists all");
        }
    }

    private static string Braced(ImmutableArray<string> names) => "{" + Names(names) + "}";

    private static string Names(CausalGraph graph, IEnumerable<int> variables) => Names([.. variables.Select(v => graph.Variables[v].Name)]);

    private static string Names(ImmutableArray<string> names) => string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");
}
