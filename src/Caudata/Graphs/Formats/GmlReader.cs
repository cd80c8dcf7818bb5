using System.Globalization;
using System.Net;

namespace Caudata.Graphs.Formats;

/// <summary>Reads GML in one pass over its keys and values, without recursion; lists inside of nodes and edges are passed over.</summary>
internal sealed class GmlReader(string text)
{
    private readonly MistakeList _mistakes = new();
    private readonly Dictionary<string, (string Label, TextPlace Place, List<GraphAttribute> Attributes)> _nodes = new(StringComparer.Ordinal);
    private readonly List<(string Source, string Target, bool Both, TextPlace Place)> _edges = [];
    private int _at, _line = 1, _lineStart;
    private bool _undirected;

    private TextPlace Here => new(_line, _at - _lineStart + 1);

    public CausalGraph Read()
    {
        Stack<(string Key, TextPlace Place, List<GraphAttribute> Values)> open = new();
        bool found = false;
        while (!_mistakes.IsFull)
        {
            Blanks();
            TextPlace place = Here;
            if (_at >= text.Length)
            {
                break;
            }

            if (text[_at] == ']')
            {
                _at++;
                if (open.Count == 0)
                {
                    _mistakes.Add("found ']' without its '['; expected a key. Remove it.", place);
                    continue;
                }

                Close(open.Pop(), open.Count == 0 ? "" : open.Peek().Key, open.Count);
                continue;
            }

            string? key = Key();
            if (key is null)
            {
                _mistakes.Add($"found '{text[_at]}'; expected a key, such as node, or ']'. A key is letters and digits.", place);
                _at++;
                Line();
                continue;
            }

            Blanks();
            if (_at < text.Length && text[_at] == '[')
            {
                _at++;
                if (open.Count >= GraphLimits.Depth)
                {
                    _mistakes.Add($"lists are nested more than {GraphLimits.Depth} deep; expected fewer.", place);
                    _mistakes.Throw();
                }

                found |= open.Count == 0 && key == "graph";
                open.Push((key, place, []));
                continue;
            }

            string? value = Value(key);
            if (value is not null && open.TryPeek(out var list) && list.Values.Count < 200)
            {
                list.Values.Add(new GraphAttribute(key, value, place));
            }
        }

        if (open.TryPop(out var last))
        {
            _mistakes.Add($"the list of '{last.Key}' has no end; expected ']'. Close it.", last.Place);
        }
        else if (!found && _mistakes.Count == 0)
        {
            _mistakes.Add("found no graph; expected graph [ ... ]. Write graph [ directed 1 node [ id 0 label \"X\" ] ].", new TextPlace(1, 1));
        }

        return Finish();
    }

    private void Close((string Key, TextPlace Place, List<GraphAttribute> Values) list, string parent, int depth)
    {
        string? Get(string key) => list.Values.FindLast(a => a.Key == key).Value;
        if (depth == 0 && list.Key == "graph")
        {
            _undirected = Get("directed") == "0";
        }
        else if (depth == 1 && parent == "graph" && list.Key == "node")
        {
            if (Get("id") is not string id)
            {
                _mistakes.Add("a node has no id; expected id and a number. Add it.", list.Place);
            }
            else if (!_nodes.TryAdd(id, (Get("label") ?? Get("name") ?? id, list.Place, list.Values)))
            {
                _mistakes.Add($"two nodes have the id {GraphValidation.Quote(id)} (first in line {_nodes[id].Place.Line}); expected every id once. Give one another id.", list.Place);
            }
        }
        else if (depth == 1 && parent == "graph" && list.Key == "edge")
        {
            if (Get("source") is string source && Get("target") is string target)
            {
                _edges.Add((source, target, Get("bidirected") is "1" or "true" || Get("dir") == "both", list.Place));
            }
            else
            {
                _mistakes.Add($"an edge has no {(Get("source") is null ? "source" : "target")}; expected source and target, each the id of a node. Add it.", list.Place);
            }
        }
    }

    private CausalGraph Finish()
    {
        GraphDraft draft = new(_mistakes);
        if (_undirected && _edges.Count > 0)
        {
            _mistakes.Add("the graph says directed 0; expected directed 1, because a cause and its effect are not alike. Write directed 1.", new TextPlace(1, 1));
        }

        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        foreach ((string id, (string label, TextPlace place, List<GraphAttribute> attributes)) in _nodes)
        {
            int before = draft.Count, node = draft.Mention(label, place);
            ids.Add(id, node);
            if (draft.Count == before)
            {
                _mistakes.Add($"two nodes are called {GraphValidation.Quote(label)}; expected every name once. Rename one.", place);
            }

            foreach (GraphAttribute attribute in attributes.Where(a => a.Key.Length > 1))
            {
                NodeAttributes.Apply(draft, node, attribute, _mistakes);
            }
        }

        foreach ((string source, string target, bool both, TextPlace place) in _edges)
        {
            bool known = ids.TryGetValue(source, out int from) & ids.TryGetValue(target, out int to);
            if (known)
            {
                draft.Edge(from, to, both ? EdgeKind.Bidirected : EdgeKind.Directed, place);
            }
            else
            {
                string missing = ids.ContainsKey(source) ? target : source;
                _mistakes.Add($"an edge names the id {GraphValidation.Quote(missing)}, which no node has; expected the id of a node. Add the node, or correct the id.", place);
            }
        }

        return draft.Finish();
    }

    private string? Key()
    {
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return _at > start && !char.IsAsciiDigit(text[start]) ? text[start.._at] : Back(start);
    }

    private string? Back(int start)
    {
        _at = start;
        return null;
    }

    private string? Value(string key)
    {
        TextPlace place = Here;
        if (_at < text.Length && text[_at] == '"')
        {
            int start = ++_at, end = text.IndexOf('"', _at);
            if (end < 0)
            {
                _mistakes.Add("a text without an end; expected a closing quote. Close it; a quote inside is &quot;.", place);
                _at = text.Length;
                return null;
            }

            while (_at < end)
            {
                Step();
            }

            _at = end + 1;
            string raw = text[start..end];
            return raw.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(raw) : raw;
        }

        int from = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('[' or ']' or '"' or '#'))
        {
            _at++;
        }

        if (_at > from && double.TryParse(text.AsSpan(from, _at - from), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return text[from.._at];
        }

        _mistakes.Add($"the key '{(key.Length > 40 ? key[..40] : key)}' is followed by {(_at > from ? GraphValidation.Quote(text[from.._at]) : "nothing")}; expected a number, a text in quotes or a list in brackets.", place);
        Line();
        return null;
    }

    private void Blanks()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] is '#' or '\uFEFF'))
        {
            if (text[_at] == '#')
            {
                Line();
            }
            else
            {
                Step();
            }
        }
    }

    private void Line()
    {
        int end = text.IndexOf('\n', Math.Min(_at, text.Length));
        _at = end < 0 ? text.Length : end;
    }

    private void Step()
    {
        if (text[_at++] == '\n')
        {
            _line++;
            _lineStart = _at;
        }
    }
}
