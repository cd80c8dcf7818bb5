using Caudata.Graphs;

namespace Caudata.Tests.Graphs;

public sealed class MissingnessTests
{
    [Theory]
    [InlineData("X -> Y; R_Y", "MCAR", null)]
    [InlineData("X -> Y; X -> R_Y", "MAR", "R_Y <- X")]
    [InlineData("X -> Y -> R_Y", "MNAR, self-masking", "R_Y <- Y")]
    [InlineData("latent X; X -> Y; X -> R_Y", "MNAR", "R_Y <- X -> Y")]
    [InlineData("X -> Y; Y <-> R_Y", "MNAR", "R_Y <-> Y")]
    [InlineData("X -> Y; R_X; X -> R_Y", "MNAR", "R_Y <- X")]
    [InlineData("X -> Y; X -> R_Y; R_X -> R_Y", "MNAR, colluding", "R_Y <- X")]
    [InlineData("X -> Y; X -> R_Y; R_X -> R_Y; Y -> R_Y", "MNAR, self-masking, colluding", "R_Y <- Y")]
    [InlineData("X -> Y; X -> R_X; R_X -> R_Y", "MNAR", "R_Y <- R_X <- X")]
    [InlineData("latent U; X -> Y; U -> R_Y", "MCAR", null)]
    [InlineData("latent U; X -> Y; U -> R_Y; U -> X", "MAR", "R_Y <- U -> X")]
    [InlineData("X -> Y; selection S; Y -> S; R_Y -> S", "MNAR", "R_Y -> S <- Y (S is conditioned on)")]
    [InlineData("A <-> C <-> Y; A <-> R_Y", "MNAR", "R_Y <-> A <-> C <-> Y (A is conditioned on; C is conditioned on)")]
    public void A_class_comes_with_the_path_that_makes_it(string edges, string label, string? path)
    {
        CausalGraph graph = CausalGraph.Parse(edges);
        MissingnessFinding found = Missingness.Of(graph).Single(f => graph.Variables[f.Variable].Name == "Y");
        Assert.Equal((label, path), (found.Label, found.Path?.ToString()));
    }

    [Fact]
    public void Classes_are_those_of_the_definition_on_random_graphs()
    {
        Dictionary<MissingnessClass, int> seen = [];
        for (ulong k = 0; k < 4000; k++)
        {
            CausalGraph graph = RandomGraphs.Of(k + 200_000, 8);
            VariableSet missing = VariableSet.Of(graph.Count, [.. graph.Variables.Where(v => graph.IndicatorOf(v.Id) is not null).Select(v => v.Id)]);
            VariableSet complete = graph.OfKind(VariableKind.Observed).Except(missing), selection = graph.OfKind(VariableKind.Selection);
            foreach (MissingnessFinding found in Missingness.Of(graph))
            {
                VariableSet r = VariableSet.Of(graph.Count, found.Indicator);
                MissingnessClass expected = PathDefinition.Separated(graph, r, missing.Union(complete), selection) ? MissingnessClass.Mcar
                    : PathDefinition.Separated(graph, r, missing, complete.Union(selection)) ? MissingnessClass.Mar : MissingnessClass.Mnar;
                Assert.True(expected == found.Class, $"graph {k}: {graph.Variables[found.Variable].Name} is {found.Class}, expected {expected}\n{graph}");
                Assert.Equal(graph.Parents(found.Indicator).Contains(found.Variable), found.IsSelfMasking);
                Assert.True(found.Class == MissingnessClass.Mnar || (!found.IsSelfMasking && found.Colluders.IsEmpty));
                seen[found.Class] = seen.GetValueOrDefault(found.Class) + 1;
            }
        }

        Assert.All(Enum.GetValues<MissingnessClass>(), c => Assert.True(seen[c] > 200, $"{c}: {seen.GetValueOrDefault(c)}"));
    }

    [Fact]
    public void All_indicators_together_are_as_bad_as_the_worst()
    {
        Assert.Equal(MissingnessClass.Mcar, Missingness.OfAll(CausalGraph.Parse("X; Y; R_X; R_Y; selection S; X -> S")));
        Assert.Null(Missingness.OfAll(CausalGraph.Parse("X -> Y")));
        Assert.Equal(MissingnessClass.Mnar, Missingness.OfAll(CausalGraph.Parse("X -> Y; X -> R_Y; R_X")));
        for (ulong k = 0; k < 1000; k++)
        {
            CausalGraph graph = RandomGraphs.Of(k + 400_000, 8);
            VariableSet missing = VariableSet.Of(graph.Count, [.. graph.Variables.Where(v => graph.IndicatorOf(v.Id) is not null).Select(v => v.Id)]), r = graph.OfKind(VariableKind.Indicator);
            VariableSet complete = graph.OfKind(VariableKind.Observed).Except(missing), selection = graph.OfKind(VariableKind.Selection);
            MissingnessClass? expected = r.IsEmpty ? null : PathDefinition.Separated(graph, r, missing.Union(complete), selection) ? MissingnessClass.Mcar
                : PathDefinition.Separated(graph, r, missing, complete.Union(selection)) ? MissingnessClass.Mar : MissingnessClass.Mnar;
            Assert.Equal(expected, Missingness.OfAll(graph));
        }
    }

    [Fact]
    public void The_path_of_a_finding_is_open_and_many_indicators_take_one_search()
    {
        for (ulong k = 0; k < 2000; k++)
        {
            CausalGraph graph = RandomGraphs.Of(k + 500_000, 9);
            VariableSet missing = VariableSet.Of(graph.Count, [.. graph.Variables.Where(v => graph.IndicatorOf(v.Id) is not null).Select(v => v.Id)]);
            VariableSet complete = graph.OfKind(VariableKind.Observed).Except(missing), selection = graph.OfKind(VariableKind.Selection);
            foreach (MissingnessFinding f in Missingness.Of(graph).Where(f => f.Path is not null))
            {
                bool mnar = f.Class == MissingnessClass.Mnar;
                Assert.True(PathDefinition.IsOpenPath(graph, f.Path!, VariableSet.Of(graph.Count, f.Indicator), mnar ? missing : complete.Union(missing), mnar ? complete.Union(selection) : selection), $"graph {k}: {f.Path}\n{graph}");
            }
        }

        CausalGraph large = CausalGraph.Parse(string.Join('\n', Enumerable.Range(0, 20_000).Select(v => $"W{v % 100} -> V{v}; W{v % 100} -> R_V{v}")));
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.All(Missingness.Of(large), f => Assert.Equal(MissingnessClass.Mar, f.Class));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
    }
}
