namespace Caudata.Corpora.World.Subjects;

/// <summary>Lengths, angles, areas and volumes.</summary>
internal static class Geometry
{
    public const string Name = "geometry";

    public const string Lore = """
        = shape: triangle, square, rectangle, parallelogram, trapezium, rhombus/rhombi, kite, pentagon, hexagon, circle, sector, ellipse, cube, prism, pyramid, cylinder, cone, sphere
        = geopart: side, angle, vertex/vertices, diagonal, radius/radii, diameter, height, base, edge, face, midpoint, bisector, chord, tangent
        = geoproof: congruent triangles, similar triangles, parallel lines, the exterior angle, Thales' circle, symmetry, the area of the whole, an auxiliary line
        t {The geometry of|All about|Measuring} the <shape>
        t <shape.sc> and <shape.s>: {areas|angles|constructions|proofs}
        t {Angles|Areas|Volumes|Circles}: {exercises|lesson <n=1..20>|a review}
        h {Angles|Area and perimeter|Circles|Solids|Constructions|Proofs}
        s {A|Every} <shape> has <geopart.a> that {is bisected by|meets|touches} the <geopart>[ at right angles].
        s {The proof|Our proof} {uses|rests on} <geoproof>: {draw|add} the <geopart> and compare {both|the two} <geopart.s>.
        s {Double|Doubling} every <geopart> of a <shape> {multiplies|and you multiply} the area by four and, {for solids|in space}, the volume by eight.
        s {With|Using} compass and ruler one {can construct|constructs} the <geopart> of <shape.a> in <n=3..9> steps.
        s {Two|All} <shape.s> with equal <geopart.s> are {not always|sometimes|necessarily} congruent.
        s The {sum|total} of the angles {of|in} a polygon {grows|increases} by «180^{\circ}» with {each|every} further <geopart>.
        s The {area|perimeter} of the <shape> {depends on|is found from} {its|one} <geopart> and {its|one} <geopart>.
        s {Sketch|Draw} the <shape> first and mark {what is given|the <geopart>} in <colour>.
        q How many <geopart.s> does a {cube|regular solid} have?
        a A cube has 8 vertices, 12 edges and 6 faces; for other solids count {carefully|with Euler's formula}: vertices minus edges plus faces is 2.
        q Why is the sum of the angles of a triangle «180^{\circ}»?
        a Draw a line through one vertex parallel to the opposite side. The three angles at that vertex {form|make up} a straight angle, and two of them equal the {other angles|angles at the base} as alternate angles.
        q When are two triangles similar?
        a {When|If} two of their angles are equal, or {when|if} all three ratios of corresponding sides {agree|are equal}.
        q What is the difference between a rhombus and a square?
        a Both have four equal sides, but only the square {must have|has} four right angles.
        d radius :: the distance from the centre of a circle to {its edge|any of its points}
        d diagonal :: a segment that joins two vertices which are not neighbours
        d perimeter :: the length of the boundary of a figure
        d tangent :: a line that touches a curve in one point
        d hypotenuse :: the side of a right triangle opposite the right angle
        d prism :: a solid with two parallel congruent faces joined by {parallelograms|rectangles}
        d midpoint :: the point that halves a segment
        """;

    private static readonly (int A, int B, int C)[] Triples = [(3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (9, 40, 41)];

    public static Subject Create() => Subject.Parse(Name, 5, Lore, Pythagoras, Angles, Circle, Box, Trapezium, Similar, Distance);

    private static Item Make(string family, string question, List<Part> answer, string result) => new() { Question = [question], Answer = answer, Family = "geometry/" + family, Result = result };

    private static Item Pythagoras(Pen p, int style)
    {
        (int a, int b, int c) = p.Pick<(int, int, int)>(Triples);
        int k = p.Int(1, 4);
        (a, b, c) = (a * k, b * k, c * k);
        bool leg = p.Chance(0.5);
        p.Set("a", a).Set("b", b).Set("c", c).Set("r", leg ? b : c);
        string q = leg
            ? p.SayOne("A right triangle has {a hypotenuse|the hypotenuse} of <c> cm and one leg of <a> cm. {How long is|Find} the other leg{?|.}", "A ladder of <c> dm leans against a wall; its foot is <a> dm from the wall. How high does it reach?")
            : p.SayOne("The legs of a right triangle measure <a> cm and <b> cm. {Find|How long is} the hypotenuse{.|?}", "A rectangle is <a> m long and <b> m wide. {What is the length of its diagonal?|Find the diagonal.}");
        var w = new Working(p, style);
        w = leg ? w.Step("By Pythagoras the square of the leg is", $"«{c}^2 - {a}^2 = {b * b}»") : w.Step("By Pythagoras the square of the long side is", $"«{a}^2 + {b}^2 = {c * c}»");
        return Make("pythagoras", q, w.Close("{Its|The} {root|length} is «<r>»."), Pen.Number(leg ? b : c));
    }

    private static Item Angles(Pen p, int style)
    {
        int a = p.Int(20, 90), b = p.Int(15, 160 - a), c = 180 - a - b;
        p.Set("a", a).Set("b", b).Set("r", c);
        string q = p.SayOne("Two angles of a triangle {are|measure} «<a>^{\\circ}» and «<b>^{\\circ}». {Find the third.|How large is the third?}", "In a triangle «ABC», the angle at «A» is «<a>^{\\circ}» and the one at «B» is «<b>^{\\circ}». {What is|Compute} the angle at «C»{?|.}");
        p.Set("s", a + b);
        return Make("angles", q, new Working(p, style).Step("The two angles together are", $"«{a} + {b} = {a + b}»", "degrees").Close("The {third|remaining} angle is «180^{\\circ} - <s>^{\\circ} = <r>^{\\circ}»."), Pen.Number(c));
    }

    private static Item Circle(Pen p, int style)
    {
        int r = p.Int(2, 20);
        bool area = p.Chance(0.5);
        p.Set("r", r).Set("d", 2 * r).Set("x", area ? r * r : 2 * r);
        string q = area
            ? p.SayOne("{Find|What is} the area of a circle with {radius <r> cm|diameter <d> cm}, as a multiple of «\\pi»{?|.}", "A round {table|pond|window} has a radius of <r> dm. {Give|State} its area in terms of «\\pi».")
            : p.SayOne("{Find|What is} the circumference of a circle with {radius <r> cm|diameter <d> cm}, as a multiple of «\\pi»{?|.}", "How far does a wheel of radius <r> cm roll in one turn? {Leave|Keep} «\\pi» in the answer.");
        var w = new Working(p, style);
        w = area ? w.Step("The area is", $"«\\pi \\cdot {r}^2 = {r * r}\\pi»") : w.Step("The circumference is", $"«2 \\pi \\cdot {r} = {2 * r}\\pi»");
        return Make("circle", q, w.Close("{The result is|It is} «<x>\\pi»."), (area ? r * r : 2 * r) + "π");
    }

    private static Item Box(Pen p, int style)
    {
        int a = p.Int(2, 15), b = p.Int(2, 15), c = p.Int(2, 15), volume = a * b * c, surface = 2 * ((a * b) + (a * c) + (b * c));
        bool full = p.Chance(0.5);
        p.Set("a", a).Set("b", b).Set("c", c).Set("r", full ? volume : surface);
        string q = full ? p.SayOne("A {box|tank|cuboid} is <a> cm long, <b> cm wide and <c> cm high. {What is|Find} its volume{?|.}", "How many {cubes of edge 1 cm|cubic centimetres} fit into a box of <a> by <b> by <c> cm?") : p.Say("{Find|Compute} the surface area of a cuboid with edges <a> cm, <b> cm and <c> cm.");
        var w = new Working(p, style);
        w = full ? w.Step("The base has the area", $"«{a} \\cdot {b} = {a * b}»").Step("The volume is", $"«{a * b} \\cdot {c} = {volume}»") : w.Step("The three kinds of faces have the areas", $"«{a * b}», «{a * c}» and «{b * c}»").Step("Twice their sum is", $"«2 \\cdot {(a * b) + (a * c) + (b * c)} = {surface}»");
        return Make("box", q, w.Close(full ? "{The answer is|It measures} «<r>» cubic centimetres." : "{The answer is|It measures} «<r>» square centimetres."), Pen.Number(full ? volume : surface));
    }

    private static Item Trapezium(Pen p, int style)
    {
        int h = 2 * p.Int(1, 10), a = p.Int(5, 30), b = p.Int(2, a), area = (a + b) * h / 2;
        p.Set("a", a).Set("b", b).Set("h", h).Set("r", area);
        string q = p.SayOne("The parallel sides of a trapezium are <a> m and <b> m, its height is <h> m. {Find the area.|What is its area?}", "A {field|roof|plot} has the shape of a trapezium with parallel sides of <a> m and <b> m, <h> m apart. How many square metres is it?");
        return Make("trapezium", q, new Working(p, style).Step("The mean of the parallel sides is", $"«\\frac{{{a} + {b}}}{{2}}»").Step("Times the height this is", $"«\\frac{{{a} + {b}}}{{2}} \\cdot {h} = {area}»").Close("The area is <r> square metres."), Pen.Number(area));
    }

    private static Item Similar(Pen p, int style)
    {
        int stick = p.Int(1, 4), shadow = p.Int(1, 6), k = p.Int(3, 20), height = stick * k;
        p.Set("s", stick).Set("t", shadow).Set("u", shadow * k).Set("r", height);
        string q = p.SayOne("A {stick|pole|post} of <s> m casts a shadow of <t> m. At the same time a {tower|tree|mast} casts a shadow of <u> m. How {high|tall} is it?", "Two similar triangles have bases of <t> cm and <u> cm; the smaller is <s> cm high. {Find the height of the larger.|How high is the other?}");
        return Make("similar", q, new Working(p, style).Step("The factor between the two is", $"«{shadow * k} \\div {shadow} = {k}»").Step("The height is", $"«{stick} \\cdot {k} = {height}»").Close("So the height is <r>."), Pen.Number(height));
    }

    private static Item Distance(Pen p, int style)
    {
        (int a, int b, int c) = p.Pick<(int, int, int)>(Triples);
        int x = p.Int(-9, 9), y = p.Int(-9, 9);
        p.Set("p1", $"({x}, {y})").Set("p2", $"({x + a}, {y - b})").Set("r", c);
        string q = p.SayOne("{Find|What is} the distance {between|of} the points «<p1>» and «<p2>»{?|.}", "How far is «<p2>» from «<p1>» {in the plane|in a coordinate system}?");
        return Make("distance", q, new Working(p, style).Step("The coordinates differ by", $"«{a}» and «{b}»").Step("The square of the distance is", $"«{a}^2 + {b}^2 = {c * c}»").Close("The distance is «<r>»."), Pen.Number(c));
    }
}
