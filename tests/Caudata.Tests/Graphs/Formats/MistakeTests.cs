using Caudata.Graphs;
using Caudata.Graphs.Formats;

namespace Caudata.Tests.Graphs.Formats;

/// <summary>Broken texts: what is said, and where.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData(GraphFormat.Edges, "X -> ", "line 1, column 6: found the end of the text after '->'; expected a name.")]
    [InlineData(GraphFormat.Edges, "X -> Y\n-> Z", "line 2, column 1: found '->'; expected a name. Write X -> Y, X <-> Y, or a name alone.")]
    [InlineData(GraphFormat.Edges, "X -- Y", "line 1, column 3: an edge '--' has no direction that a causal graph knows; expected ->, <- or <->. Write X <-> Y for an unobserved common cause.")]
    [InlineData(GraphFormat.Edges, "my rating -> Y", "line 1, column 4: found 'rating'; expected an arrow, or ';', ',' or a new line before the next statement. Put names with blanks in double quotes.")]
    [InlineData(GraphFormat.Edges, "X -> {Y Z}", "line 1, column 6: found '{' after '->'; expected a name.\nline 1, column 6: found '{'; expected an arrow, or ';', ',' or a new line before the next statement. Groups in braces are for DOT and dagitty.")]
    [InlineData(GraphFormat.Edges, "X -> \"Y", "line 1, column 6: a quoted name without an end; expected a closing quote. Close it, or write \\\" for a quote inside.")]
    [InlineData(GraphFormat.Edges, "X -> X\nX -> Y\nX -> Y", "line 1, column 3: 'X' is joined to itself; expected an edge between two variables. Remove it; feedback over time needs a variable for each time.\nline 3, column 3: the edge 'X' -> 'Y' stands there twice; expected it once. Remove one.")]
    [InlineData(GraphFormat.Edges, "r[user] -> x; r[item] -> y", "line 1, column 15: 'r' has the indices [item] here and [user] in line 1; expected the same. Correct one, or write them once.")]
    [InlineData(GraphFormat.Edges, "latent X; selection X", "line 1, column 21: 'X' is marked latent and selection; expected one of them. Remove one.")]
    [InlineData(GraphFormat.Edges, "latent X; R_X; X -> Y", "line 1, column 11: 'R_X' is an indicator of 'X', which is latent: it is never seen, so nothing marks where it is; expected an observed variable. Remove the indicator, or make the variable observed.")]
    [InlineData(GraphFormat.Edges, "R_X -> X", "line 1, column 5: the indicator 'R_X' causes 'X'; expected it to cause indicators and selection nodes only, because being missing changes nothing about what is. Reverse the edge, or make 'R_X' a variable.")]
    [InlineData(GraphFormat.Edges, "missing M of", "line 1, column 13: found the end of the text; expected the name of the variable whose missingness 'M' marks.")]
    [InlineData(GraphFormat.Dot, "digraph { A -> }", "line 1, column 16: found '}'; expected a name.")]
    [InlineData(GraphFormat.Dot, "digraph { A -> B", "line 1, column 17: found the end of the text; expected '}' at the end of the graph. Close the brace.")]
    [InlineData(GraphFormat.Dot, "digraph { A -- B }", "line 1, column 13: an edge '--' has no direction that a causal graph knows; expected ->, <- or <->. Write X <-> Y, or X -> Y [dir=both], for an unobserved common cause.")]
    [InlineData(GraphFormat.Dot, "digraph {\n A [latent=maybe];\n B ->;\n C -> <b>x</b>;\n}", "line 2, column 5: the attribute 'latent' is 'maybe'; expected true or false.\nline 3, column 6: found ';'; expected a name.\nline 4, column 7: found '<b>'; expected a name.")]
    [InlineData(GraphFormat.Dot, "digraph { A } B", "line 1, column 15: found 'B' after the end of the graph; expected nothing. One text holds one graph.")]
    [InlineData(GraphFormat.Dot, "network { A }", "line 1, column 1: found 'network'; expected 'digraph'. Write digraph { X -> Y }.")]
    [InlineData(GraphFormat.Dot, "digraph A -> B", "line 1, column 11: found '->'; expected '{' after the head of the graph. Write for example digraph { X -> Y }.")]
    [InlineData(GraphFormat.Dot, "digraph { /* A }", "line 1, column 11: a comment '/*' without an end; expected '*/'. Close it.\nline 1, column 17: found the end of the text; expected '}' at the end of the graph. Close the brace.")]
    [InlineData(GraphFormat.Dagitty, "mag { A -> B }", "line 1, column 1: found a graph of the kind 'mag'; expected 'dag', because edges of other kinds mean something else. Write the causal graph itself, with <-> for unobserved common causes.")]
    [InlineData(GraphFormat.Dagitty, "dag { A @-> B }", "line 1, column 9: an edge '@->' has no direction that a causal graph knows; expected ->, <- or <->. Write X <-> Y for an unobserved common cause.")]
    [InlineData(GraphFormat.Dagitty, "dag { A [latent B }", "line 1, column 19: found '}'; expected an attribute or ']'.")]
    [InlineData(GraphFormat.Gml, "graph [ node [ id 1 ] edge [ source 1 target 2 ] ]", "line 1, column 23: an edge names the id '2', which no node has; expected the id of a node. Add the node, or correct the id.")]
    [InlineData(GraphFormat.Gml, "graph [ directed 0 node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]", "line 1, column 1: the graph says directed 0; expected directed 1, because a cause and its effect are not alike. Write directed 1.")]
    [InlineData(GraphFormat.Gml, "graph [ node [ label \"x\" ]", "line 1, column 1: the list of 'graph' has no end; expected ']'. Close it.\nline 1, column 9: a node has no id; expected id and a number. Add it.")]
    [InlineData(GraphFormat.Gml, "graph [ node [ id 1 label \"A\" ] node [ id 2 label \"A\" ] node [ id 1 ] ]", "line 1, column 33: two nodes are called 'A'; expected every name once. Rename one.\nline 1, column 57: two nodes have the id '1' (first in line 1); expected every id once. Give one another id.")]
    [InlineData(GraphFormat.Gml, "hello", "line 1, column 6: the key 'hello' is followed by nothing; expected a number, a text in quotes or a list in brackets.")]
    [InlineData(GraphFormat.Gml, "", "line 1, column 1: found no graph; expected graph [ ... ]. Write graph [ directed 1 node [ id 0 label \"X\" ] ].")]
    [InlineData(GraphFormat.Yaml, "variables:\n  A: { latnet: true }\n  B: { parents: [A, C], latent: perhaps }\nextra: 1", "line 2, column 8: 'A' has the key 'latnet'; expected one of parents, latent, role. Correct or remove it.\nline 3, column 21: there is no variable 'C'; expected one of 'A', 'B'. Declare it, or correct the name.\nline 3, column 33: found 'perhaps'; expected true or false for 'B'.\nline 4, column 1: the key 'extra' is not known; expected one of entities, variables, confounded, missing, selection. Correct or remove it.")]
    [InlineData(GraphFormat.Yaml, "variables:\n  A: {}\n  A: {}", "line 3, column 3: the key 'A' stands there twice; expected it once. Remove one.\nline 3, column 3: 'A' is declared twice (first in line 2); expected every name once. Rename one or remove it.")]
    [InlineData(GraphFormat.Yaml, "variables:\n  A: { mechanism: { normal: 1 } }", "line 2, column 8: 'A' has the key 'mechanism'; expected one of parents, latent, role. Correct or remove it.")]
    [InlineData(GraphFormat.Yaml, "variables: 3\nconfounded: [[A]]\nmissing: { Q: {} }", "line 1, column 12: found '3'; expected a map of names under 'variables'.\nline 2, column 14: found a list; expected a pair of names under 'confounded', such as [X, Y].\nline 3, column 12: the indicator 'R_Q' is of 'Q': there is no variable 'Q'; expected one of 'R_Q'. Declare it, or correct the name.")]
    [InlineData(GraphFormat.Yaml, "entities: [user]\nvariables: { \"q[itm]\": {} }", "line 2, column 14: 'q' has the index 'itm', which is no entity; expected one of 'user'. Declare it under 'entities', or correct it.")]
    [InlineData(GraphFormat.Yaml, "variables: { A: &x {}, B: *x }", "line 1, column 27: the alias '*x' refers to another place; expected the value itself. Write it out.")]
    [InlineData(GraphFormat.Yaml, "- A", "line 1, column 1: found a list; expected the key 'variables' with the variables of the graph.")]
    [InlineData(GraphFormat.Yaml, "entities: [a]", "line 1, column 1: the key 'variables' is missing; expected it with the variables of the graph, for example variables: { X: {}, Y: { parents: [X] } }.")]
    public void A_broken_text_is_answered_with_place_and_remedy(GraphFormat format, string text, string message) => Assert.Equal(message, Assert.Throws<GraphException>(() => CausalGraph.Parse(text, format)).Message);

    [Theory]
    [InlineData("variables: { A: { parents: [ }")]
    [InlineData("variables:\n\t- A")]
    [InlineData("variables: \"A")]
    [InlineData("? [a, b]\n: c")]
    [InlineData("variables: {}\n---\nvariables: {}")]
    [InlineData("%YAML 9.9\n---\nvariables: {}")]
    public void What_is_no_YAML_is_said_with_its_place(string text)
    {
        GraphException e = Assert.Throws<GraphException>(() => CausalGraph.Parse(text, GraphFormat.Yaml));
        Assert.All(e.Mistakes, m => Assert.True(m.Place.Line > 0, m.Message));
    }
}
