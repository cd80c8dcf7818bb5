using System.Text.Json;
using Caudata.Graphs;
using Caudata.Identification;
using Caudata.Records;

namespace Caudata.Cli.Commands;

/// <summary>Many questions from a file, one JSON object a line; one answer a line, in their order.</summary>
internal static class IdentifyBatch
{
    private const long MostBytes = 256 << 20;
    private static readonly string[] Fields = ["edges", "treatment", "outcome", "given", "latent"];

    /// <summary>Answers all lines. A line that is wrong gets an answer that says so.</summary>
    /// <returns>0, or 2 when a line was wrong.</returns>
    public static int Run(Terminal terminal, string file, IdentificationOptions options, bool json, CancellationToken cancellationToken)
    {
        string text;
        if (file == "-")
        {
            using Stream input = Console.OpenStandardInput();
            text = TextFile.Read(input, "standard input", MostBytes);
        }
        else
        {
            text = TextFile.Read(file, MostBytes);
        }

        int number = 0, wrong = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            cancellationToken.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                IdentificationReport report = Identifier.Answer(Question(line), options, cancellationToken);
                RemedyList? remedies = Remedies.Of(report, cancellationToken);
                if (json)
                {
                    terminal.Json(writer => IdentificationJson.Write(writer, report, remedies), oneLine: true);
                }
                else
                {
                    terminal.Output.WriteLine($"{number}: {report.Question.Text}: {IdentificationProse.Verdict(report)}{(report.IsIdentified ? " " + report.Plain : "")}");
                }
            }
            catch (GraphException e)
            {
                wrong++;
                string message = string.Join("; ", e.Mistakes);
                if (json)
                {
                    terminal.Json(writer =>
                    {
                        writer.WriteStartObject();
                        writer.WriteNumber("line", number);
                        writer.WriteString("error", message);
                        writer.WriteEndObject();
                    }, oneLine: true);
                }
                else
                {
                    terminal.Output.WriteLine($"{number}: error: {message}");
                }
            }
        }

        if (wrong > 0)
        {
            terminal.Error.WriteLine($"caudata: {file}: {wrong} of the questions are wrong; each has an answer that says why.");
        }

        return wrong > 0 ? ExitCode.Wrong : ExitCode.Done;
    }

    private static CausalQuestion Question(string line)
    {
        JsonElement root;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new GraphException($"the line is no JSON (column {(e.BytePositionInLine ?? 0) + 1}); expected {{\"edges\": \"X -> Y\", \"treatment\": \"X\", \"outcome\": \"Y\"}}.");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new GraphException($"the line is JSON of kind {root.ValueKind.ToString().ToLowerInvariant()}; expected an object {{\"edges\": \"X -> Y\", \"treatment\": \"X\", \"outcome\": \"Y\"}}.");
        }

        string[] unknown = [.. root.EnumerateObject().Select(p => p.Name).Where(name => !Fields.Contains(name, StringComparer.Ordinal))];
        if (unknown.Length > 0)
        {
            throw new GraphException($"there is no field '{unknown[0]}'; expected {string.Join(", ", Fields)}.");
        }

        if (!root.TryGetProperty("edges", out JsonElement edges) || edges.ValueKind != JsonValueKind.String)
        {
            throw new GraphException("\"edges\" is missing or no text; expected an edge list such as \"X -> Y; X <-> Z\".");
        }

        return CausalQuestion.Create(GraphInput.OfEdges(edges.GetString()!, Names(root, "latent")), Names(root, "treatment"), Names(root, "outcome"), Names(root, "given"));
    }

    // A text (with commas) or an array of texts.
    private static string[] Names(JsonElement root, string key)
    {
        if (!root.TryGetProperty(key, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return [.. GraphInput.Split([value.GetString()!])];
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : throw new GraphException($"\"{key}\" is JSON of kind {value.ValueKind.ToString().ToLowerInvariant()}; expected a name or an array of names.");
    }
}
