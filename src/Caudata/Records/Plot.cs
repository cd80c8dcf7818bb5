using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Caudata.Records;

/// <summary>How a series is drawn.</summary>
public enum SeriesKind
{
    /// <summary>A line through the points.</summary>
    Line,

    /// <summary>A line that stays level until the next point.</summary>
    Steps,

    /// <summary>Dots.</summary>
    Dots,

    /// <summary>A bar a category; <see cref="Series.X"/> is the index of the category.</summary>
    Bars,
}

/// <summary>A series of a plot.</summary>
/// <param name="Name">Its name, for the legend.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="X">Abscissae, shape [n].</param>
/// <param name="Y">Ordinates, shape [n]; points that are not finite are left out.</param>
/// <param name="Low">Lower ends of intervals, shape [n]; empty for none. A band for lines, whiskers else.</param>
/// <param name="High">Upper ends of intervals, likewise.</param>
public sealed record Series(string Name, SeriesKind Kind, ImmutableArray<double> X, ImmutableArray<double> Y, ImmutableArray<double> Low, ImmutableArray<double> High)
{
    /// <summary>A series without intervals.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">How it is drawn.</param>
    /// <param name="x">Abscissae.</param>
    /// <param name="y">Ordinates.</param>
    public Series(string name, SeriesKind kind, ImmutableArray<double> x, ImmutableArray<double> y) : this(name, kind, x, y, [], []) { }
}

/// <summary>A plot of lines, steps, dots or bars, drawn as SVG that follows the page's light or dark colours.</summary>
/// <param name="Title">Its title.</param>
/// <param name="XLabel">What the x axis shows, with its unit.</param>
/// <param name="YLabel">What the y axis shows, with its unit.</param>
/// <param name="Series">The series; the colours repeat after eight.</param>
public sealed record Plot(string Title, string XLabel, string YLabel, ImmutableArray<Series> Series)
{
    private const double Width = 760, Height = 340, Left = 66, Right = 14, Top = 10;

    /// <summary>Names of the categories of a bar plot; empty for a plot over numbers.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>True when the y axis starts at 0 also where no bar asks for it.</summary>
    public bool FromZero { get; init; }

    /// <summary>The plot as a stand-alone SVG file with a white ground, for example for a README.</summary>
    public string ToSvg()
    {
        StringBuilder svg = new();
        WriteTo(svg, standalone: true);
        return svg.ToString();
    }

    internal void WriteTo(StringBuilder html, bool standalone = false)
    {
        if (!standalone && Series.Length > 1)
        {
            html.Append("<div class=\"legend\">");
            for (int s = 0; s < Series.Length; s++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<span><i style=\"background:var(--s{s % 8})\"></i>{Report.Escape(Series[s].Name)}</span>");
            }

            html.Append("</div>\n");
        }

        (double x0, double x1, double y0, double y1) = Bounds();
        bool slanted = Categories.Any(name => name.Length > 11) || Categories.Length > 9;
        double head = standalone ? 56 : 0, bottom = slanted ? 96 : 52, width = Width - Left - Right, height = Height - Top - bottom;
        double PlaceX(double x) => Left + (x - x0) / (x1 - x0) * width;
        double PlaceY(double y) => head + Top + (y1 - y) / (y1 - y0) * height;
        html.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height + head}\" role=\"img\" aria-label=\"{Report.Escape(Title)}\">\n");
        if (standalone)
        {
            html.Append("<style>svg{font:12px system-ui,sans-serif;--s0:#1f6f8b;--s1:#d1603d;--s2:#5b8c3a;--s3:#8a5a9e;--s4:#c79a1b;--s5:#3b5fa8;--s6:#a83b62;--s7:#6b7078}text{fill:#555}.title{font-size:16px;font-weight:600;fill:#1d2126}.axis{stroke:#888}.grid{stroke:#e3e1dc}.band{opacity:.16;stroke:none}.path{fill:none;stroke-width:2;stroke-linejoin:round}.error{stroke-width:1.5;fill:none}</style>\n")
                .Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height + head}\" fill=\"#fff\"/><text class=\"title\" x=\"14\" y=\"24\">{Report.Escape(Title)}</text>\n");
            double at = 14;
            for (int s = 0; s < Series.Length && Series.Length > 1; s++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<rect x=\"{at:0.#}\" y=\"36\" width=\"10\" height=\"10\" rx=\"2\" fill=\"var(--s{s % 8})\"/><text x=\"{at + 15:0.#}\" y=\"45\">{Report.Escape(Series[s].Name)}</text>\n");
                at += 34 + Series[s].Name.Length * 6.6;
            }
        }

        foreach (double tick in Ticks(y0, y1, 6))
        {
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{PlaceY(tick):0.#}\" y2=\"{PlaceY(tick):0.#}\"/><text x=\"{Left - 8}\" y=\"{PlaceY(tick) + 4:0.#}\" text-anchor=\"end\">{Label(tick)}</text>\n");
        }

        double floor = head + Top + height;
        if (Categories.IsEmpty)
        {
            foreach (double tick in Ticks(x0, x1, 9))
            {
                html.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{PlaceX(tick):0.#}\" x2=\"{PlaceX(tick):0.#}\" y1=\"{floor:0.#}\" y2=\"{floor + 4:0.#}\"/><text x=\"{PlaceX(tick):0.#}\" y=\"{floor + 18:0.#}\" text-anchor=\"middle\">{Label(tick)}</text>\n");
            }
        }
        else
        {
            for (int c = 0; c < Categories.Length; c++)
            {
                string name = Categories[c].Length > 22 ? Categories[c][..21] + "…" : Categories[c];
                html.Append(CultureInfo.InvariantCulture, $"<text x=\"{PlaceX(c):0.#}\" y=\"{floor + 18:0.#}\" ")
                    .Append(slanted ? string.Create(CultureInfo.InvariantCulture, $"text-anchor=\"end\" transform=\"rotate(-32 {PlaceX(c):0.#} {floor + 14:0.#})\"") : "text-anchor=\"middle\"").Append('>').Append(Report.Escape(name)).Append("</text>\n");
            }
        }

        html.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{floor:0.#}\" y2=\"{floor:0.#}\"/>\n");
        html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + width / 2:0.#}\" y=\"{head + Height - 6:0.#}\" text-anchor=\"middle\">{Report.Escape(XLabel)}</text>\n");
        html.Append(CultureInfo.InvariantCulture, $"<text transform=\"rotate(-90)\" x=\"{-(head + Top + height / 2):0.#}\" y=\"14\" text-anchor=\"middle\">{Report.Escape(YLabel)}</text>\n");
        int bars = Series.Count(series => series.Kind == SeriesKind.Bars), bar = 0;
        for (int s = 0; s < Series.Length; s++)
        {
            Draw(html, Series[s], $"var(--s{s % 8})", PlaceX, PlaceY, Series[s].Kind == SeriesKind.Bars ? (bar++, bars) : (0, 1), y0);
        }

        html.Append("</svg>\n");
    }

    internal static string Label(double number) => !double.IsFinite(number) ? (double.IsNaN(number) ? "–" : number > 0 ? "∞" : "-∞")
        : Math.Abs(number) >= 1e7 || (number != 0 && Math.Abs(number) < 1e-3) ? number.ToString("0.##e0", CultureInfo.InvariantCulture)
        : number.ToString(Math.Abs(number) >= 1000 ? "#,0.#" : "0.####", CultureInfo.InvariantCulture);

    private static void Draw(StringBuilder html, Series series, string colour, Func<double, double> placeX, Func<double, double> placeY, (int Index, int Count) group, double y0)
    {
        int[] points = [.. Enumerable.Range(0, Math.Min(series.X.Length, series.Y.Length)).Where(i => double.IsFinite(series.X[i]) && double.IsFinite(series.Y[i]))];
        bool intervals = series.Low.Length == series.Y.Length && series.High.Length == series.Y.Length && points.Length > 0;
        if (series.Kind is SeriesKind.Line or SeriesKind.Steps)
        {
            if (intervals)
            {
                int[] known = [.. points.Where(i => double.IsFinite(series.Low[i]) && double.IsFinite(series.High[i]))];
                html.Append("<polygon class=\"band\" fill=\"").Append(colour).Append("\" points=\"")
                    .AppendJoin(' ', known.Select(i => Point(placeX(series.X[i]), placeY(series.High[i]))).Concat(known.Reverse().Select(i => Point(placeX(series.X[i]), placeY(series.Low[i]))))).Append("\"/>\n");
            }

            html.Append("<path class=\"path\" stroke=\"").Append(colour).Append("\" d=\"");
            for (int p = 0; p < points.Length; p++)
            {
                double x = placeX(series.X[points[p]]), y = placeY(series.Y[points[p]]);
                html.Append(p == 0 ? "M" : series.Kind == SeriesKind.Steps ? string.Create(CultureInfo.InvariantCulture, $"H{x:0.#}L") : "L").Append(Point(x, y));
            }

            html.Append("\"/>\n");
            return;
        }

        double slot = placeX(1) - placeX(0), thickness = Math.Min(46, slot * 0.72 / group.Count);
        foreach (int i in points)
        {
            double x = placeX(series.X[i]), y = placeY(series.Y[i]);
            if (series.Kind == SeriesKind.Bars)
            {
                double floor = placeY(Math.Max(0, y0));
                x += (group.Index - (group.Count - 1) / 2.0) * thickness;
                html.Append(CultureInfo.InvariantCulture, $"<rect fill=\"{colour}\" rx=\"2\" x=\"{x - thickness / 2 + 1:0.#}\" y=\"{Math.Min(y, floor):0.#}\" width=\"{Math.Max(1, thickness - 2):0.#}\" height=\"{Math.Abs(floor - y):0.#}\">");
                html.Append("<title>").Append(Report.Escape(series.Name)).Append(": ").Append(Label(series.Y[i])).Append("</title></rect>\n");
            }
            else
            {
                html.Append(CultureInfo.InvariantCulture, $"<circle fill=\"{colour}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3\"><title>{Report.Escape(series.Name)}: {Label(series.X[i])}, {Label(series.Y[i])}</title></circle>\n");
            }

            if (intervals && double.IsFinite(series.Low[i]) && double.IsFinite(series.High[i]))
            {
                double low = placeY(series.Low[i]), high = placeY(series.High[i]);
                string stroke = series.Kind == SeriesKind.Bars ? "currentColor" : colour;
                html.Append(CultureInfo.InvariantCulture, $"<path class=\"error\" stroke=\"{stroke}\" d=\"M{x:0.#} {low:0.#}V{high:0.#}M{x - 4:0.#} {low:0.#}h8M{x - 4:0.#} {high:0.#}h8\"/>\n");
            }
        }
    }

    private static string Point(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#}");

    private (double X0, double X1, double Y0, double Y1) Bounds()
    {
        double[] xs = [.. Series.SelectMany(series => series.X).Where(double.IsFinite)], ys = [.. Series.SelectMany(series => series.Y.Concat(series.Low).Concat(series.High)).Where(double.IsFinite)];
        (double x0, double x1) = Categories.IsEmpty ? xs.Length > 0 ? (xs.Min(), xs.Max()) : (0, 1) : (-0.5, Categories.Length - 0.5);
        (double y0, double y1) = ys.Length > 0 ? (ys.Min(), ys.Max()) : (0, 1);
        if (FromZero || Series.Any(series => series.Kind == SeriesKind.Bars))
        {
            (y0, y1) = (Math.Min(0, y0), Math.Max(0, y1));
        }

        (x0, x1) = x1 > x0 ? (x0, x1) : (x0 - 0.5, x0 + 0.5);
        if (Categories.IsEmpty && Series.Any(series => series.Kind == SeriesKind.Dots))
        {
            (x0, x1) = (x0 - (x1 - x0) * 0.02, x1 + (x1 - x0) * 0.02);
        }

        if (y1 <= y0)
        {
            double around = Math.Max(0.5, Math.Abs(y0) * 0.1);
            return (x0, x1, y0 == 0 ? 0 : y0 - around, y0 + around);
        }

        double room = (y1 - y0) * 0.06;
        return (x0, x1, y0 == 0 ? 0 : y0 - room, y1 == 0 ? 0 : y1 + room);
    }

    private static IEnumerable<double> Ticks(double from, double to, int about)
    {
        double rough = (to - from) / about, power = Math.Pow(10, Math.Floor(Math.Log10(rough))), step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        double first = Math.Ceiling(from / step - 1e-9);
        for (int i = 0; i < 3 * about && (first + i) * step <= to + step * 1e-9; i++)
        {
            yield return (first + i) * step;
        }
    }
}
