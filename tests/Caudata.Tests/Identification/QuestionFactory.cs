using System.Text.Json;
using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Tests.Identification;

/// <summary>Questions from text, subsets, and the reference cases beside the repository.</summary>
internal static class QuestionFactory
{
    public static CausalQuestion Ask(string edges, string treatment, string outcome, string given = "") =>
        CausalQuestion.Create(CausalGraph.Parse(edges), treatment.Split(' '), outcome.Split(' '), given.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static IEnumerable<VariableSet> Subsets(VariableSet pool)
    {
        int[] members = pool.ToArray();
        return Enumerable.Range(0, 1 << members.Length).Select(mask => VariableSet.Of(pool.Capacity, [.. members.Where((_, k) => (mask >> k & 1) == 1)]));
    }

    public static VariableSet[] Minimal(IEnumerable<VariableSet> sets)
    {
        VariableSet[] all = [.. sets];
        return [.. all.Where(s => !all.Any(t => t.Count < s.Count && t.IsSubsetOf(s)))];
    }

    public static IEnumerable<string> Text(IEnumerable<VariableSet> sets) => sets.Select(s => string.Join(' ', s.ToArray())).Order(StringComparer.Ordinal);

    /// <summary>A file of the reference cases; skips the test where there is none.</summary>
    public static JsonElement Reference(string file)
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            string candidate = Path.Combine(d.FullName, "shared", "reference", file);
            if (File.Exists(candidate))
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllText(candidate));
                return document.RootElement.Clone();
            }
        }

        Assert.Skip("The reference cases are not on this machine; they lie in shared/reference beside the repository.");
        return default;
    }

    public static string[] Names(JsonElement element, string key) => !element.TryGetProperty(key, out JsonElement value) ? [] : value.ValueKind == JsonValueKind.String ? [value.GetString()!] : [.. value.EnumerateArray().Select(n => n.GetString()!)];

    public static string[][] Sets(JsonElement element, string key) => [.. element.GetProperty(key).EnumerateArray().Select(s => s.EnumerateArray().Select(n => n.GetString()!).Order(StringComparer.Ordinal).ToArray())];

    /// <summary>The question of a reference case; variables that are neither observed nor asked about are latent where the case lists what is observed.</summary>
    public static CausalQuestion Question(JsonElement g, string? observedKey = null)
    {
        string[] x = Names(g, "treatment"), y = Names(g, "outcome");
        EdgeDeclaration[] edges = [.. Edges("directed", EdgeKind.Directed), .. Edges("bidirected", EdgeKind.Bidirected)];
        HashSet<string>? observed = observedKey is null ? null : [.. Names(g, observedKey), .. x, .. y];
        string[] latent = Names(g, "latent");
        string[] names = [.. Names(g, "observed").Concat(latent).Concat(edges.SelectMany(e => new[] { e.From, e.To })).Concat(x).Concat(y).Distinct(StringComparer.Ordinal)];
        CausalGraph graph = CausalGraph.Create(new GraphDescription
        {
            Variables = [.. names.Select(n => new VariableDeclaration(n) { Kind = latent.Contains(n) || observed?.Contains(n) == false ? VariableKind.Latent : VariableKind.Observed })],
            Edges = [.. edges],
        });
        return CausalQuestion.Create(graph, x, y);

        IEnumerable<EdgeDeclaration> Edges(string key, EdgeKind kind) => !g.TryGetProperty(key, out JsonElement list) ? [] : list.EnumerateArray().Select(e => new EdgeDeclaration(e[0].GetString()!, e[1].GetString()!, kind));
    }
}
