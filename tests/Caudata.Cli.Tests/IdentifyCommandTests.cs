using System.Text.Json;
using System.Xml.Linq;

namespace Caudata.Cli.Tests;

/// <summary><c>caudata identify</c> as a user runs it.</summary>
public sealed class IdentifyCommandTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("caudata-identify-");

    public void Dispose() => _root.Delete(recursive: true);

    private string At(string name) => Path.Combine(_root.FullName, name);

    private Task<CaudataProcess.End> Run(params string[] arguments) => CaudataProcess.RunAsync(_root.FullName, ["identify", .. arguments]);

    private async Task<JsonElement> Json(params string[] arguments)
    {
        CaudataProcess.End end = await Run([.. arguments, "--json"]);
        Assert.True(end.Code == 0, end.ToString());
        using JsonDocument document = JsonDocument.Parse(end.Output);
        return document.RootElement.Clone();
    }

    private static string[] Names(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetString()!)];

    [Fact]
    public async Task A_front_door_is_found()
    {
        JsonElement answer = await Json("--edges", "X -> Z; Z -> Y; X <-> Y", "--treatment", "X", "--outcome", "Y");
        Assert.True(answer.GetProperty("identified").GetBoolean());
        Assert.Equal("front-door", answer.GetProperty("by").GetString());
        Assert.Equal("Σ_{Z} P(Z | X) Σ_{X'} P(Y | X', Z) P(X')", answer.GetProperty("formula").GetString());
        Assert.Equal(0, answer.GetProperty("adjustmentSets").GetArrayLength());
        Assert.Equal(["Z"], Names(answer.GetProperty("frontDoorSets")[0]));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("witness").ValueKind);
        Assert.True(answer.GetProperty("complete").GetProperty("adjustmentSets").GetBoolean());
    }

    [Fact]
    public async Task A_hedge_is_told_with_what_would_help_and_drawn()
    {
        CaudataProcess.End end = await Run("--edges", "Z -> X -> Y; X <- U -> Y", "--latent", "U", "--treatment", "X", "--outcome", "Y", "--draw", "hedge.svg");
        Assert.True(end.Code == 0, end.ToString());
        Assert.StartsWith("P(Y | do(X)): not identified without a further assumption; in a linear model by the instrument Z.\n", end.Output, StringComparison.Ordinal);
        Assert.Contains("cov(Z, Y) / cov(Z, X)", end.Output, StringComparison.Ordinal);
        Assert.Contains("  - measuring U\n", end.Output, StringComparison.Ordinal);
        Assert.Contains("  - randomising X", end.Output, StringComparison.Ordinal);
        Assert.Equal(3, XDocument.Load(At("hedge.svg")).Descendants().Count(e => e.Attribute("class")?.Value is { } c && c.Contains("lit", StringComparison.Ordinal) && c.StartsWith("one", StringComparison.Ordinal)));
        JsonElement answer = await Json("--edges", "X -> Y; X <-> Y", "--treatment", "X", "--outcome", "Y");
        Assert.False(answer.GetProperty("identified").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("by").ValueKind);
        Assert.Equal("hedge", answer.GetProperty("witness").GetProperty("kind").GetString());
        Assert.Equal(["X", "Y"], Names(answer.GetProperty("witness").GetProperty("outer")));
        Assert.Equal("the common cause behind X <-> Y", answer.GetProperty("wouldHelp").GetProperty("measure")[0][0].GetString());
    }

    [Fact]
    public async Task A_file_with_marked_roles_needs_no_names_and_explains()
    {
        await File.WriteAllTextAsync(At("g.txt"), "exposure X\noutcome Y\nW -> Z -> X -> Y\nW <-> X\nW <-> Y\nZ <-> W\n");
        await File.WriteAllTextAsync(At("napkin.txt"), "exposure X\noutcome Y\nZ2 -> Z1 -> X -> Y\nZ2 <-> X\nZ2 <-> Y\n");
        CaudataProcess.End end = await Run("--graph", "napkin.txt", "--explain");
        Assert.True(end.Code == 0, end.ToString());
        Assert.Contains("identified by the ID algorithm", end.Output, StringComparison.Ordinal);
        Assert.Contains("for any value of Z1 that occurs", end.Output, StringComparison.Ordinal);
        Assert.Contains("Proof\n   1. ", end.Output, StringComparison.Ordinal);
        end = await Run("--graph", "g.txt");
        Assert.True(end.Code == 0, end.ToString());
    }

    [Fact]
    public async Task An_outcome_that_selects_its_rows_is_lost()
    {
        JsonElement answer = await Json("--edges", "selection S; X -> Y -> S", "--treatment", "X", "--outcome", "Y");
        Assert.False(answer.GetProperty("identified").GetBoolean());
        Assert.Equal("Y -> S", answer.GetProperty("witness").GetProperty("text").GetString());
        answer = await Json("--edges", "selection S; X -> Y; X <- Z -> Y; Z -> S", "--treatment", "X", "--outcome", "Y");
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("identified").ValueKind);
    }

    [Fact]
    public async Task A_cap_is_told()
    {
        JsonElement answer = await Json("--edges", string.Join("; ", Enumerable.Range(0, 12).Select(k => $"X <- A{k} -> B{k} -> Y")) + "; X -> Y", "--treatment", "X", "--outcome", "Y", "--max-sets", "7");
        Assert.Equal(7, answer.GetProperty("adjustmentSets").GetArrayLength());
        Assert.False(answer.GetProperty("complete").GetProperty("adjustmentSets").GetBoolean());
    }

    [Fact]
    public async Task Instruments_are_sorted_by_name()
    {
        JsonElement answer = await Json("--edges", "Z2 -> X; Z10 -> X; A -> X -> Y; X <-> Y", "--treatment", "X", "--outcome", "Y");
        Assert.Equal(["A", "Z10", "Z2"], answer.GetProperty("instruments").EnumerateArray().Select(i => i.GetProperty("instrument").GetString()!));
    }

    [Fact]
    public async Task A_batch_answers_line_by_line_and_a_wrong_line_says_so()
    {
        await File.WriteAllLinesAsync(At("q.jsonl"),
        [
            """{"edges": "X -> Y; X <- Z -> Y", "treatment": "X", "outcome": "Y"}""",
            "",
            "no json",
            """{"edges": "X -> Y", "treatment": ["X"], "outcome": "Q"}""",
            """{"edges": "X <- U -> Y; X -> Y", "latent": "U", "treatment": "X", "outcome": "Y", "given": []}""",
            """{"edges": "X -> Y", "treatmen": "X", "outcome": "Y"}""",
            """{"edges": "X <- U -> Y; X -> Y", "latent": ["u"], "treatment": "X", "outcome": "Y"}""",
        ]);
        CaudataProcess.End end = await Run("--batch", "q.jsonl", "--json");
        Assert.Equal(2, end.Code);
        JsonElement[] answers = [.. end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(6, answers.Length);
        Assert.Equal("adjustment", answers[0].GetProperty("by").GetString());
        Assert.Contains("no JSON", answers[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, answers[2].GetProperty("line").GetInt32());
        Assert.Contains("'Q'", answers[2].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("U", answers[3].GetProperty("wouldHelp").GetProperty("measure")[0][0].GetString());
        Assert.Contains("'treatmen'", answers[4].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("'u' does not stand in the edges", answers[5].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("4 of the questions are wrong", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recovery_says_how_or_why_not_or_that_it_does_not_know()
    {
        JsonElement answer = await Json("recover", "--edges", "X -> Y; X -> R_Y", "--query", "P(X, Y)");
        Assert.True(answer.GetProperty("recoverable").GetBoolean());
        Assert.Equal("P(Y | X, R_Y = 1) P(X)", answer.GetProperty("formula").GetString());
        answer = await Json("recover", "--edges", "X -> Y -> R_Y", "--query", "P(Y)");
        Assert.False(answer.GetProperty("recoverable").GetBoolean());
        Assert.Equal("self-masking", answer.GetProperty("by").GetString());
        Assert.StartsWith("Y -> R_Y", answer.GetProperty("witness").GetString(), StringComparison.Ordinal);
        CaudataProcess.End end = await Run("recover", "--edges", "X -> Y; X -> R_Y; R_X -> R_Y", "--query", "full law");
        Assert.Equal((0, "full law: not recoverable, because of a colluder.\n\n  X -> R_Y <- R_X: whether Y is seen depends on X and on whether X is seen\n"), (end.Code, end.Output));
    }

    [Theory]
    [InlineData("no graph is given", "--treatment", "X", "--outcome", "Y")]
    [InlineData("names no outcome", "--edges", "X -> Y", "--treatment", "X")]
    [InlineData("is latent", "--edges", "X -> Y", "--latent", "X", "--treatment", "X", "--outcome", "Y")]
    [InlineData("'user' does not stand in the edges; expected one that causes something there. Correct the name, or leave it out. Did you mean 'User'?", "--edges", "X <- User -> Y; X -> Y", "--latent", "user", "--treatment", "X", "--outcome", "Y")]
    [InlineData("--max-sets is 0", "--edges", "X -> Y", "--treatment", "X", "--outcome", "Y", "--max-sets", "0")]
    [InlineData("--batch stands beside", "--batch", "q", "--edges", "X -> Y")]
    [InlineData("expected P(Y)", "recover", "--edges", "X -> Y", "--query", "Y")]
    [InlineData("selects rows by 'S'", "recover", "--edges", "selection S; X -> Y -> S", "--query", "P(Y)")]
    public async Task A_mistake_is_told(string message, params string[] arguments)
    {
        CaudataProcess.End end = await Run(arguments);
        Assert.Equal(2, end.Code);
        Assert.Contains(message, end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
    }
}
