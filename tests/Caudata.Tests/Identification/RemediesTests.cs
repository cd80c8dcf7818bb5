using Caudata.Graphs;
using Caudata.Identification;

namespace Caudata.Tests.Identification;

/// <summary>What would help: whatever is named does help, and nothing smaller does.</summary>
public sealed class RemediesTests
{
    private static RemedyList Of(CausalQuestion question) => Remedies.Of(question, IdAlgorithm.Of(question).Hedge!);

    private static IEnumerable<string> Text(CausalQuestion question) => Of(question).Measurements.Select(set => string.Join(" + ", set.Select(m => m.Text(question.Graph))));

    [Fact]
    public void A_latent_confounder_is_to_be_measured() =>
        Assert.Equal(["U"], Text(QuestionFactory.Ask("latent U; X <- U -> Y; X -> Y", "X", "Y")));

    [Fact]
    public void Either_of_two_or_both_together()
    {
        Assert.Equal(["the common cause behind X <-> Y"], Text(QuestionFactory.Ask("X -> Y; X <-> Y", "X", "Y")));
        Assert.Equal(["the common cause behind M <-> X", "the common cause behind X <-> M"], Text(QuestionFactory.Ask("X -> M -> Y; X <-> M; X <-> Y", "X", "Y")).Concat(["the common cause behind M <-> X"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_remedy_helps_and_no_part_of_it_does()
    {
        int some = 0;
        for (ulong k = 0; k < 300; k++)
        {
            CausalQuestion question = RandomQuestions.Effect(k + 80_000, 6);
            if (IdAlgorithm.Of(question).Hedge is null)
            {
                continue;
            }

            RemedyList remedies = Of(question);
            some++;
            foreach (System.Collections.Immutable.ImmutableArray<Measurement> set in remedies.Measurements)
            {
                Assert.NotNull(IdAlgorithm.Of(Remedies.After(question, set)).Formula);
                Assert.All(set, left => Assert.Null(IdAlgorithm.Of(Remedies.After(question, set.Remove(left))).Formula));
            }

            Assert.NotNull(IdAlgorithm.Of(CausalQuestion.Create(Surgery.WithoutEdgesInto(question.Graph, question.Treatment), [.. Names(question.Treatment)], [.. Names(question.Outcome)])).Formula);
            string[] Names(VariableSet set) => [.. set.ToArray().Select(v => question.Graph.Variables[v].Name)];
        }

        Assert.True(some > 30, $"{some}");
    }
}
