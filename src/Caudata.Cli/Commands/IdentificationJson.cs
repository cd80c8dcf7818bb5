using System.Collections.Immutable;
using System.Text.Json;
using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Cli.Commands;

/// <summary>The answer to a question as JSON.</summary>
internal static class IdentificationJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="report">What was found.</param>
    /// <param name="remedies">What would help, or null where nothing needs to.</param>
    public static void Write(Utf8JsonWriter json, IdentificationReport report, RemedyList? remedies)
    {
        CausalGraph graph = report.Question.Graph;
        json.WriteStartObject();
        json.WriteString("question", report.Question.Text);
        if (report.Verdict is Answer.NotShown)
        {
            json.WriteNull("identified");
        }
        else
        {
            json.WriteBoolean("identified", report.IsIdentified);
        }

        json.WriteString("by", report.Verdict is Answer.Impossible or Answer.LostBySelection or Answer.NotShown ? null : report.Verdict.By);
        json.WriteString("formula", report.Plain);
        json.WriteString("latex", report.Latex);
        Names(json, "anyValueOf", graph, report.Arbitrary);
        Sets(json, "adjustmentSets", report.AdjustmentSets, graph);
        Sets(json, "frontDoorSets", report.FrontDoorSets, graph);
        json.WriteStartArray("instruments");
        foreach (ConditionalInstrument instrument in report.Instruments.Items.OrderBy(i => graph.Variables[i.Variable].Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("instrument", graph.Variables[instrument.Variable].Name);
            Names(json, "given", graph, instrument.Given.ToArray());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("complete");
        json.WriteBoolean("adjustmentSets", report.AdjustmentSets.IsComplete);
        json.WriteBoolean("frontDoorSets", report.FrontDoorSets.IsComplete);
        json.WriteBoolean("instruments", report.Instruments.IsComplete);
        json.WriteEndObject();
        Witness(json, report, graph);
        GraphDescribeCommand.Array(json, "assumptions", report.Assumptions);
        if (remedies is null)
        {
            json.WriteNull("wouldHelp");
        }
        else
        {
            json.WriteStartObject("wouldHelp");
            json.WriteStartArray("measure");
            foreach (ImmutableArray<Measurement> set in remedies.Measurements)
            {
                json.WriteStartArray();
                foreach (Measurement measurement in set)
                {
                    json.WriteStringValue(measurement.Text(graph));
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            Names(json, "randomise", graph, remedies.Randomise.ToArray());
            json.WriteBoolean("complete", remedies.IsComplete);
            json.WriteEndObject();
        }

        if (!report.Proof.IsEmpty)
        {
            GraphDescribeCommand.Array(json, "proof", report.Proof);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes names of variables as an array, sorted.</summary>
    internal static void Names(Utf8JsonWriter json, string key, CausalGraph graph, IEnumerable<int> variables) =>
        GraphDescribeCommand.Array(json, key, variables.Select(v => graph.Variables[v].Name).Order(StringComparer.Ordinal));

    private static void Sets(Utf8JsonWriter json, string key, VariableSetList sets, CausalGraph graph)
    {
        json.WriteStartArray(key);
        foreach (ImmutableArray<string> set in sets.Names(graph))
        {
            json.WriteStartArray();
            foreach (string name in set)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Witness(Utf8JsonWriter json, IdentificationReport report, CausalGraph graph)
    {
        if (report.Verdict is Answer.LostBySelection lost)
        {
            json.WriteStartObject("witness");
            json.WriteString("kind", "selection");
            GraphDescribeCommand.Array(json, "path", lost.Path.Select(v => graph.Variables[v].Name));
            json.WriteString("text", string.Join(" -> ", lost.Path.Select(v => graph.Variables[v].Name)));
            json.WriteEndObject();
            return;
        }

        if (report.Hedge is not { } hedge)
        {
            json.WriteNull("witness");
            return;
        }

        json.WriteStartObject("witness");
        json.WriteString("kind", "hedge");
        Names(json, "outer", graph, hedge.Outer.ToArray());
        Names(json, "inner", graph, hedge.Inner.ToArray());
        Names(json, "roots", graph, hedge.Roots.ToArray());
        json.WriteString("text", hedge.Text(graph));
        json.WriteEndObject();
    }
}
