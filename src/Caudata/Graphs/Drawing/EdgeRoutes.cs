using System.Globalization;
using System.Text;

namespace Caudata.Graphs.Drawing;

/// <summary>An edge as it is drawn.</summary>
/// <param name="Path">The line as SVG path data.</param>
/// <param name="Heads">Tips of its arrowheads with the direction in which they point.</param>
/// <param name="Reach">The height of the highest or lowest point of an arc; null for a line that stays between nodes and bends.</param>
internal sealed record EdgeRoute(string Path, (double X, double Y, double Dx, double Dy)[] Heads, double? Reach = null);

/// <summary>The lines of the edges: level where they leave, pass a column or arrive, and spread over the sides of their nodes so that no two lie on each other.</summary>
internal sealed class EdgeRoutes
{
    private const double Head = 8, Half = LayeredLayout.NodeHeight / 2;
    private readonly LayeredLayout _layout;
    private readonly LayeredGraph _layered;
    private readonly Dictionary<(int Edge, bool AtStart), double> _ports = [];
    private readonly Dictionary<(int Edge, bool AtStart), double> _feet = []; // of arcs over more than one layer: how far beside the middle they stand
    private readonly int[] _arcs; // of each edge: -1 an arc above, 1 below, 0 none

    public EdgeRoutes(LayeredLayout layout)
    {
        (_layout, _layered) = (layout, layout.Layered);
        _arcs = [.. Enumerable.Range(0, _layered.Edges.Length).Select(Arc)];
        Ports();
        Feet();
    }

    public EdgeRoute this[int edge] => _layered.IsFlat(edge) ? Flat(edge) : _arcs[edge] != 0 ? Bow(edge) : Level(edge);

    /// <summary>True when flat edges stand out to the right of the last column, and need room there.</summary>
    public bool HasFlatAtRight => Enumerable.Range(0, _layered.Edges.Length).Any(e => _layered.IsFlat(e) && _layered.LayerOf[_layered.Chains[e][0]] == _layered.Layers.Length - 1);

    // A bidirected edge between neighbours at about one height, or one that passes above or below what is between, becomes an arc.
    private int Arc(int edge)
    {
        if (_layered.Edges[edge].Kind == EdgeKind.Directed || _layered.IsFlat(edge))
        {
            return 0;
        }

        int[] chain = _layered.Chains[edge];
        (int left, int right) = (chain[0], chain[^1]);
        if (chain.Length == 2)
        {
            if (Math.Abs(_layout.Y[left] - _layout.Y[right]) > 44)
            {
                return 0;
            }

            bool above = IsFree(left, -1) && IsFree(right, -1), below = IsFree(left, 1) && IsFree(right, 1);
            return above || !below ? -1 : 1;
        }

        double rise = _layout.Y[chain[1]] - _layout.Y[left], fall = _layout.Y[chain[^2]] - _layout.Y[right];
        int side = Math.Sign(rise);
        return Math.Abs(rise) > Half + 4 && Math.Abs(fall) > Half + 4 && Math.Sign(fall) == side && IsFree(left, side, Math.Abs(rise)) && IsFree(right, side, Math.Abs(fall)) ? side : 0;
    }

    private bool IsFree(int node, int side, double reach = 50) =>
        !_layered.Layers[_layered.LayerOf[node]].Exists(v => v != node && !_layered.IsBend(v) && (_layout.Y[v] - _layout.Y[node]) * side is > 0 and var away && away < reach + Half + 6);

    // At each side of a node its edges leave from top to bottom in the order of where they go.
    private void Ports()
    {
        Dictionary<(int Node, bool AtRight), List<(double Towards, int Edge, bool AtStart)>> sides = [];
        for (int e = 0; e < _layered.Edges.Length; e++)
        {
            int[] chain = _layered.Chains[e];
            if (_arcs[e] != 0)
            {
                continue;
            }

            bool flat = _layered.IsFlat(e);
            Add((chain[0], true), _layout.Y[chain[1]], e, true);
            Add((chain[^1], flat), _layout.Y[chain[^2]], e, false);
        }

        foreach (List<(double Towards, int Edge, bool AtStart)> side in sides.Values)
        {
            double apart = side.Count < 2 ? 0 : Math.Min(8, (LayeredLayout.NodeHeight - 10) / (side.Count - 1));
            int next = 0;
            foreach ((_, int edge, bool atStart) in side.OrderBy(s => s.Towards).ThenBy(s => s.Edge))
            {
                _ports[(edge, atStart)] = (next++ - (side.Count - 1) / 2.0) * apart;
            }
        }

        void Add((int, bool) side, double towards, int edge, bool atStart)
        {
            if (!sides.TryGetValue(side, out List<(double, int, bool)>? list))
            {
                sides.Add(side, list = []);
            }

            list.Add((towards, edge, atStart));
        }
    }

    // Arcs that come from the left stand left, the inner ones first; then those that go to the right, the outer ones first: so none cross.
    private void Feet()
    {
        Dictionary<(int Node, int Side), List<(int Edge, bool AtStart, double Level)>> sides = [];
        for (int e = 0; e < _arcs.Length; e++)
        {
            int[] chain = _layered.Chains[e];
            if (_arcs[e] != 0 && chain.Length > 2)
            {
                Add((chain[0], _arcs[e]), (e, true, Math.Abs(_layout.Y[chain[1]] - _layout.Y[chain[0]])));
                Add((chain[^1], _arcs[e]), (e, false, Math.Abs(_layout.Y[chain[^2]] - _layout.Y[chain[^1]])));
            }
        }

        foreach (((int node, _), List<(int Edge, bool AtStart, double Level)> side) in sides)
        {
            double apart = Math.Min(9, (_layout.Widths[node] - 24) / side.Count), next = -(side.Count - 1) / 2.0;
            foreach ((int edge, bool atStart, _) in side.OrderBy(f => f.AtStart).ThenBy(f => f.AtStart ? -f.Level : f.Level).ThenBy(f => f.Edge))
            {
                _feet[(edge, atStart)] = next++ * apart;
            }
        }

        void Add((int, int) side, (int, bool, double) foot)
        {
            if (!sides.TryGetValue(side, out List<(int, bool, double)>? list))
            {
                sides.Add(side, list = []);
            }

            list.Add(foot);
        }
    }

    private (double X, double Y) Port(int edge, int node, bool atStart, bool atRight)
    {
        double shift = _ports[(edge, atStart)];
        Variable v = _layered.Graph.Variables[node];
        double radius = v.IsSubstantive ? Half : 3, beyond = Math.Max(0, Math.Abs(shift) - (Half - radius));
        double half = _layout.Widths[node] / 2 - radius + Math.Sqrt(Math.Max(0, radius * radius - beyond * beyond));
        if (v.Kind == VariableKind.Selection)
        {
            half += 4;
        }

        return (_layout.X(node) + (atRight ? half : -half), _layout.Y[node] + shift);
    }

    private EdgeRoute Level(int edge)
    {
        int[] chain = _layered.Chains[edge];
        GraphEdge e = _layered.Edges[edge];
        (double x, double y) = Port(edge, chain[0], true, true);
        (double endX, double endY) = Port(edge, chain[^1], false, false);
        bool headAtStart = e.Kind == EdgeKind.Bidirected;
        List<(double, double, double, double)> heads = [(endX, endY, 1, 0)];
        if (headAtStart)
        {
            heads.Add((x, y, -1, 0));
            x += Head - 1;
        }

        StringBuilder path = new(Move(x, y));
        for (int k = 1; k < chain.Length - 1; k++)
        {
            (double left, double right) = _layout.Column[_layered.LayerOf[chain[k]]];
            double level = _layout.Y[chain[k]];
            Curve(path, x, y, left, level);
            path.Append(CultureInfo.InvariantCulture, $"H{right:0.#}");
            (x, y) = (right, level);
        }

        Curve(path, x, y, endX - Head + 1, endY);
        return new EdgeRoute(path.ToString(), [.. heads]);
    }

    private EdgeRoute Bow(int edge)
    {
        int[] chain = _layered.Chains[edge];
        int side = _arcs[edge];
        (int left, int right) = (chain[0], chain[^1]);
        double gap = _layout.Column[_layered.LayerOf[right]].Left - _layout.Column[_layered.LayerOf[left]].Right;
        if (chain.Length == 2)
        {
            double x0 = _layout.X(left) + _layout.Widths[left] / 4, x1 = _layout.X(right) - _layout.Widths[right] / 4, y0 = _layout.Y[left] + side * Half, y1 = _layout.Y[right] + side * Half;
            double lift = (side < 0 ? Math.Min(y0, y1) : Math.Max(y0, y1)) + side * Math.Min(30, 18 + gap * 0.1), lean = (x1 - x0) * 0.22;
            (double sx, double sy) = Unit(lean, lift - y0);
            (double tx, double ty) = Unit(-lean, lift - y1);
            return new EdgeRoute(string.Create(CultureInfo.InvariantCulture, $"{Move(x0 + sx * (Head - 1), y0 + sy * (Head - 1))}C{x0 + lean:0.#} {lift:0.#} {x1 - lean:0.#} {lift:0.#} {x1 + tx * (Head - 1):0.#} {y1 + ty * (Head - 1):0.#}"),
                [(x0, y0, -sx, -sy), (x1, y1, -tx, -ty)], lift);
        }

        double startX = _layout.X(left) + _feet[(edge, true)], startY = _layout.Y[left] + side * Half, endX = _layout.X(right) + _feet[(edge, false)], endY = _layout.Y[right] + side * Half;
        (double firstX, _) = _layout.Column[_layered.LayerOf[chain[1]]];
        double level = _layout.Y[chain[1]];
        StringBuilder path = new(Move(startX, startY + side * (Head - 1)));
        path.Append(CultureInfo.InvariantCulture, $"C{startX:0.#} {level:0.#} {(startX + firstX) / 2:0.#} {level:0.#} {firstX:0.#} {level:0.#}");
        double x = firstX, y = level;
        for (int k = 1; k < chain.Length - 1; k++)
        {
            (double from, double to) = _layout.Column[_layered.LayerOf[chain[k]]];
            level = _layout.Y[chain[k]];
            if (k > 1)
            {
                Curve(path, x, y, from, level);
            }

            path.Append(CultureInfo.InvariantCulture, $"H{to:0.#}");
            (x, y) = (to, level);
        }

        path.Append(CultureInfo.InvariantCulture, $"C{(x + endX) / 2:0.#} {y:0.#} {endX:0.#} {y:0.#} {endX:0.#} {endY + side * (Head - 1):0.#}");
        return new EdgeRoute(path.ToString(), [(startX, startY, 0, -side), (endX, endY, 0, -side)]);
    }

    private EdgeRoute Flat(int edge)
    {
        int[] chain = _layered.Chains[edge];
        (double x0, double y0) = Port(edge, chain[0], true, true);
        (double x1, double y1) = Port(edge, chain[^1], false, true);
        double out0 = Math.Max(x0, x1) + Math.Min(52, 22 + Math.Abs(y1 - y0) * 0.12);
        return new EdgeRoute(string.Create(CultureInfo.InvariantCulture, $"{Move(x0 + Head - 1, y0)}C{out0:0.#} {y0:0.#} {out0:0.#} {y1:0.#} {x1 + Head - 1:0.#} {y1:0.#}"), [(x0, y0, -1, 0), (x1, y1, -1, 0)]);
    }

    private static string Move(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}");

    private static (double X, double Y) Unit(double x, double y)
    {
        double length = Math.Max(1e-9, Math.Sqrt(x * x + y * y));
        return (x / length, y / length);
    }

    private static void Curve(StringBuilder path, double x, double y, double toX, double toY)
    {
        double middle = (x + toX) / 2;
        _ = Math.Abs(toY - y) < 0.3 ? path.Append(CultureInfo.InvariantCulture, $"L{toX:0.#} {toY:0.#}") : path.Append(CultureInfo.InvariantCulture, $"C{middle:0.#} {y:0.#} {middle:0.#} {toY:0.#} {toX:0.#} {toY:0.#}");
    }
}
