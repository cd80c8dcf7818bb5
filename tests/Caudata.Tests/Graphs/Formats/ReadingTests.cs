using Caudata.Graphs;
using Caudata.Graphs.Formats;

namespace Caudata.Tests.Graphs.Formats;

/// <summary>Texts as people and other tools write them.</summary>
public sealed class ReadingTests
{
    [Theory]
    [InlineData("digraph g { A; B; C; A -> B -> C; }", "A -> B; B -> C")]
    [InlineData("strict digraph \"my graph\" { rankdir=LR; node [shape=circle]; A -> B [label=\"x\"]; }", "A -> B")]
    [InlineData("digraph { A -> B [dir=both]; A -> C [dir=back] }", "A <-> B; C -> A")]
    [InlineData("digraph { A <-> B; C <- A }", "A <-> B; A -> C")]
    [InlineData("digraph { { A B } -> { C; D } }", "A; B; A -> C; A -> D; B -> C; B -> D")]
    [InlineData("digraph { subgraph cluster_0 { label = \"item\"; A; B } subgraph cluster_0 -> C }", "A; B; A -> C; B -> C")]
    [InlineData("digraph { subgraph s { node [latent=true]; U } V; U -> V }", "latent U; U -> V")]
    [InlineData("digraph { node [latent=true]; U; V [latent=false]; U -> V }", "latent U; V; U -> V")]
    [InlineData("digraph { U [observed=\"no\"]; U -> V }", "latent U; U -> V")]
    [InlineData("digraph { \"a \\\" b\" -> \"c\" + \"d\" /* x */ // y\n # z\n }", "\"a \\\" b\" -> cd")]
    [InlineData("digraph { A:n:w -> B:port }", "A -> B")]
    [InlineData("digraph { A -> B; A [exposure=true, pos=\"1,2\"]; B [outcome=true] }", "A -> B; exposure A; outcome B")]
    [InlineData("digraph { \"rating[user, item]\"; R_rating; rating -> R_rating }", "rating[user,item]; R_rating; rating -> R_rating")]
    [InlineData("digraph { M [missing=V]; V -> M; S [selected=1]; V -> S }", "missing M of V; V; V -> M; selection S; V -> S")]
    [InlineData("dag { X [exposure,pos=\"0,1\"] Y [outcome] U [latent] X -> Y U -> {X Y} bb=\"0,0,1,1\" }", "exposure X; outcome Y; latent U; X -> Y; U -> X; U -> Y")]
    [InlineData("dag{ x -> y <- z; x <-> z }", "x -> y; z -> y; x <-> z")]
    [InlineData("dag \"n\" { S [selected]\nX -> S [beta=.3] Z [adjusted] }", "selection S; X -> S; adjusted Z")]
    [InlineData("A -> B <- C, D\n\n# remark\nA ↔ D // more", "A -> B; C -> B; D; A <-> D")]
    [InlineData("post-click -> x.y;;\r\n\"a b\" <- x.y", "\"post-click\" -> x.y; x.y -> \"a b\"")]
    [InlineData("latent U V; U -> X; V -> X; missing M of X; observed R_q; q", "latent U; latent V; X; U -> X; V -> X; missing M of X; observed R_q; q")]
    [InlineData("graph [ directed 1 node [ id 1 label \"A\" graphics [ x 1.5 y -2 ] ] node [ id 7 label \"B &amp; C\" latent 1 ] edge [ source 7 target 1 ] ]", "A; latent \"B & C\"; \"B & C\" -> A")]
    [InlineData("Creator \"x\" graph [ directed 1 node [ id 0 name \"A\" ] node [ id 1 ] edge [ source 0 target 1 bidirected 1 ] ]", "A <-> 1")]
    [InlineData("variables: [A, B]\nconfounded: [[A, B]]", "A <-> B")]
    [InlineData("variables: { A: , B: { parents: A } }\nconfounded:\n- A <-> B\n", "A -> B; A <-> B")]
    [InlineData("entities: { user: 1000, item: { table: x.parquet } }\nvariables:\n  q[item]: { latent: true, parents: [] }\n  r[user, item]: { parents: [q], role: outcome }\nmissing:\n  r: { parents: [r], name: seen }\nselection: { S: { parents: [seen] } }\n", "latent q[item]; r[user,item]; outcome r; q -> r; missing seen of r; r -> seen; selection S; seen -> S")]
    public void What_others_write_is_read(string text, string edges) => Assert.Equal(CausalGraph.Parse(edges, GraphFormat.Edges), CausalGraph.Parse(text));

    [Fact]
    public void The_graph_of_the_design_is_written_like_this()
    {
        CausalGraph graph = CausalGraph.Parse("latent quality[item]; \"likes it\"[user,item] ; rating[user,item]; rank; quality -> rating; \"likes it\" -> rating; rank -> R_rating; rating <-> rank; selection S; R_rating -> S; exposure rank".Replace("\"likes it\"[user,item]", "\"likes it[user,item]\"", StringComparison.Ordinal));
        Assert.Equal("""
            entities: [item, user]
            variables:
              quality[item]: { latent: true }
              "likes it[user,item]": {}
              rating[user, item]: { parents: [quality, "likes it"] }
              rank: { role: exposure }
            confounded:
              - [rating, rank]
            missing:
              rating: { parents: [rank] }
            selection:
              S: { parents: [R_rating] }

            """, GraphFormats.Write(graph, GraphFormat.Yaml));
        Assert.Equal("""
            digraph {
              rankdir=LR;
              node [fontname="sans-serif"];
              "quality[item]" [latent=true, style=dashed];
              "likes it[user,item]";
              "rating[user,item]";
              rank [exposure=true];
              R_rating [missing=true, shape=box];
              S [selected=true, shape=box, peripheries=2];
              "quality[item]" -> "rating[user,item]";
              "likes it[user,item]" -> "rating[user,item]";
              rank -> R_rating;
              R_rating -> S;
              "rating[user,item]" -> rank [dir=both, style=dashed, constraint=false];
            }

            """, GraphFormats.Write(graph, GraphFormat.Dot));
    }
}
