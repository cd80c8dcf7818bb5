namespace Caudata.Corpora.World.Subjects;

/// <summary>Mechanics and simple circuits with whole-number results and units.</summary>
internal static class Physics
{
    public const string Name = "physics";

    public const string Lore = """
        = body: cart, ball, crate, train, satellite, pendulum, stone, lift, sledge, rocket, car, pulley, block, swimmer, cyclist, barge, arrow
        = quantity: velocity/velocities, acceleration, force, momentum/momenta, energy, power, pressure, density, work/works, torque, frequency, amplitude, friction/frictions, mass/masses, impulse
        = physlaw: Newton's second law, the conservation of energy, the conservation of momentum, Hooke's law, the law of inertia, Archimedes' principle, Ohm's law, the law of levers
        = setup: inclined plane, air track, spring balance, smooth table, vacuum tube, light gate, ramp, seesaw, wind tunnel, water tank
        t {Mechanics|Physics}: <quantity.s>[ and <quantity.s>]
        t {Experiments|Exercises|Notes} on <physlaw>
        t How {fast|heavy|strong} is <body.a>?
        h {Forces|Motion|Energy|Momentum|Pressure|Circuits|Measurements}
        s {A|The} <body> {on|in} {an|the} <setup> {moves|slides} with {constant|growing} <quantity> until {friction|the brake} {stops|slows} it.
        s {By|According to|From} <physlaw>, the <quantity> of the <body> {depends|only depends} on its <quantity>.
        s {We|The students} {measured|recorded} the <quantity> of the <body> <n=3..20> times{ and|, then} {plotted|compared} it {against|with} the <quantity>.
        s {If|When} no {outer|external} force acts, the <quantity> {stays|remains} {constant|the same}: {this|that} is <physlaw>.
        s A {net|resulting} force of <n=2..90> newtons {speeds up|accelerates} a heavy <body> less than a light one.
        s The unit of {power is the watt|force is the newton|energy is the joule|pressure is the pascal|frequency is the hertz}{, named after a person|}.
        s {Neglect|Ignore} air resistance {first|at first}; {later|in a second step} {add|estimate} {it|its effect} with the <setup>.
        s {Draw|Sketch} all forces on the <body> {as arrows|to scale}[ before choosing the axes].
        s {Energy|Work} is {not lost|never lost}: in the <setup> it {becomes|turns into} heat{ and sound|}.
        q Why does a heavy <b=body> not fall faster than a light one?
        a Its weight is larger, but so is its mass, and {the two cancel|acceleration is the ratio of both}. Only air resistance {makes a difference|separates them}.
        q What is the difference between mass and weight?
        a Mass is {the amount of matter|measured in kilograms} and the same everywhere; weight is the force with which gravity pulls{, measured in newtons|}.
        q Why do I {lean back|feel pressed into the seat} when a {bus|car} starts?
        a Your body {tends to stay|would stay} at rest by inertia, while the {seat|floor} is accelerated and {pushes|takes} you along.
        q Does a <b=body> at constant speed need a force?
        a {Not in the absence of friction|Without friction, no}: at constant velocity the forces {add up to zero|cancel}. A driving force only {makes up for|balances} friction.
        d velocity :: the change of position per unit of time, with a direction
        d acceleration :: the change of velocity per unit of time
        d momentum :: the product of mass and velocity
        d power :: work done per unit of time
        d inertia :: the tendency of a body to keep its state of motion
        d density :: mass per unit of volume
        d frequency :: the number of oscillations per second
        """;

    public static Subject Create() => Subject.Parse(Name, 6, Lore, Force, Kinetic, Potential, Accelerate, Ohm, Density, Momentum, PowerOf);

    private static Item Make(string family, string question, List<Part> answer, string result) => new() { Question = [question], Answer = answer, Family = "physics/" + family, Result = result };

    private static Item Force(Pen p, int style)
    {
        int m = p.Int(2, 60), a = p.Int(1, 12), f = m * a;
        bool find = p.Chance(0.5);
        p.Set("m", m).Set("a", a).Set("f", f);
        string q = find ? p.SayOne("What force accelerates a <body> of <m> kg at «<a>\\,\\text{m/s}^2»?", "A <body> with a mass of <m> kg {speeds up|is accelerated} at «<a>\\,\\text{m/s}^2». {Find|How large is} the net force{.|?}").Replace("Find the net force?", "Find the net force.", StringComparison.Ordinal)
            : p.SayOne("A force of <f> N {acts on|pulls} a <body> of <m> kg. What is its acceleration{ without friction|}?", "{How strongly|At what rate} is a <m> kg <body> accelerated by <f> N?");
        var w = new Working(p, style);
        w = find ? w.Step("Mass times acceleration is", $"«{m} \\cdot {a} = {f}»", "newtons") : w.Step("Force divided by mass is", $"«{f} \\div {m} = {a}»", "metres per second squared");
        return Make("force", q, w.Close(find ? "The force is <f> N." : "The acceleration is «<a>\\,\\text{m/s}^2»."), Pen.Number(find ? f : a));
    }

    private static Item Kinetic(Pen p, int style)
    {
        int m = 2 * p.Int(1, 40), v = p.Int(2, 25), e = m * v * v / 2;
        p.Set("m", m).Set("v", v).Set("e", e);
        string q = p.SayOne("{What is|Calculate} the kinetic energy of a <m> kg <body> {moving at|with a speed of} <v> m/s{.|?}", "A <body> of <m> kg {moves|travels} at <v> m/s. How much kinetic energy does it have?");
        return Make("kinetic", q.StartsWith("What", StringComparison.Ordinal) ? q.TrimEnd('.', '?') + "?" : q, new Working(p, style).Step("The square of the speed is", $"«{v}^2 = {v * v}»").Step("Half the mass times this is", $"«\\frac{{{m}}}{{2}} \\cdot {v * v} = {e}»").Close("The kinetic energy is <e> J."), Pen.Number(e));
    }

    private static Item Potential(Pen p, int style)
    {
        int m = p.Int(2, 90), h = p.Int(2, 60), e = m * 10 * h;
        p.Set("m", m).Set("h", h).Set("e", e);
        string q = p.SayOne("How much work is needed to {lift|raise} a <body> of <m> kg by <h> m? {Take|Use} «g = 10\\,\\text{m/s}^2».", "A <m> kg <body> is <h> m above the ground. {Find|Give} its potential energy with «g = 10\\,\\text{m/s}^2».");
        return Make("potential", q, new Working(p, style).Step("The weight is", $"«{m} \\cdot 10 = {m * 10}»", "newtons").Step("Weight times height is", $"«{m * 10} \\cdot {h} = {e}»").Close("{The energy is|This takes} <e> J."), Pen.Number(e));
    }

    private static Item Accelerate(Pen p, int style)
    {
        int u = p.Int(0, 12), a = p.Int(1, 6), t = 2 * p.Int(1, 10), v = u + (a * t), s = (u * t) + (a * t * t / 2);
        bool way = p.Chance(0.5);
        p.Set("u", u).Set("a", a).Set("t", t).Set("v", v).Set("s", s);
        string q = p.Say("A <body> {starts with|has an initial speed of} <u> m/s and {accelerates|speeds up} at «<a>\\,\\text{m/s}^2» for <t> s. ") + p.Say(way ? "{How far does it get?|What distance does it cover?}" : "{How fast is it then?|What is its final speed?}");
        var w = new Working(p, style);
        w = way ? w.Step("Without acceleration it would cover", $"«{u} \\cdot {t} = {u * t}»", "metres").Step("The acceleration adds", $"«\\frac{{1}}{{2}} \\cdot {a} \\cdot {t}^2 = {a * t * t / 2}»", "metres") : w.Step("The gain in speed is", $"«{a} \\cdot {t} = {a * t}»", "metres per second");
        return Make("accelerate", q, w.Close(way ? "{The distance is|It covers} <s> m." : "The final speed is <v> m/s."), Pen.Number(way ? s : v));
    }

    private static Item Ohm(Pen p, int style)
    {
        int r = p.Int(2, 90), i = p.Int(1, 12), u = r * i, kind = p.Index(3);
        p.Set("r", r).Set("i", i).Set("u", u).Set("x", u * i);
        string q = kind switch { 0 => p.Say("A current of <i> A flows through a {resistor|lamp|heater} of <r> ohms. {What is the voltage across it?|Which voltage is applied?}"), 1 => p.Say("{A voltage of <u> V is applied to <r> ohms|<u> V are connected to a resistor of <r> ohms}. How large is the current?"), _ => p.Say("A {heater|motor|kettle} {takes|draws} <i> A at <u> V. {What is its power?|How many watts are that?}") };
        var w = new Working(p, style);
        w = kind switch { 0 => w.Step("Resistance times current is", $"«{r} \\cdot {i} = {u}»"), 1 => w.Step("Voltage divided by resistance is", $"«{u} \\div {r} = {i}»"), _ => w.Step("Voltage times current is", $"«{u} \\cdot {i} = {u * i}»") };
        return Make("ohm", q, w.Close(kind switch { 0 => "The voltage is <u> V.", 1 => "The current is <i> A.", _ => "The power is <x> W." }), Pen.Number(kind switch { 0 => u, 1 => i, _ => u * i }));
    }

    private static Item Density(Pen p, int style)
    {
        int d = p.Int(2, 20), v = p.Int(3, 60), m = d * v;
        p.Set("d", d).Set("v", v).Set("m", m);
        bool sink = p.Chance(0.3);
        string q = p.Say("A {piece|block|ring} of {metal|stone|glass|ore} {weighs|has a mass of} <m> g and {fills|takes up} <v> cubic centimetres. ") + (sink ? "Find its density and say whether it floats on water." : p.Say("{What is|Compute} its density{.|?}").Replace("What is its density.", "What is its density?", StringComparison.Ordinal).Replace("Compute its density?", "Compute its density.", StringComparison.Ordinal));
        return Make("density", q, new Working(p, style).Step("Mass divided by volume is", $"«{m} \\div {v} = {d}»").Close(sink ? "The density is <d> g per cubic centimetre, more than that of water, so it sinks." : "The density is <d> grams per cubic centimetre."), Pen.Number(d));
    }

    private static Item Momentum(Pen p, int style)
    {
        int v = p.Int(1, 6), m2 = p.Int(1, 12), k = p.Int(1, 5), m1 = m2 * k, u = v * (k + 1);
        p.Set("m1", m2).Set("m2", m1).Set("u", u).Set("v", v);
        string q = p.Say("A <b=body> of <m1> kg moving at <u> m/s {hits|runs into} a resting one of <m2> kg, and both {stick together|move on together}. {How fast are they afterwards?|Find the common speed.}");
        return Make("momentum", q, new Working(p, style).Step("The momentum before is", $"«{m2} \\cdot {u} = {m2 * u}»").Step("The total mass is", $"«{m2} + {m1} = {m1 + m2}»", "kg").Step("Division gives", $"«{m2 * u} \\div {m1 + m2} = {v}»").Close("They move at <v> m/s."), Pen.Number(v));
    }

    private static Item PowerOf(Pen p, int style)
    {
        int t = p.Int(2, 40), w0 = p.Int(3, 90), e = t * w0;
        p.Set("t", t).Set("w", w0).Set("e", e);
        string q = p.SayOne("A {crane|pump|winch} does <e> J of work in <t> s. {What is its power?|How many watts is that?}", "How long does a {motor|pump} of <w> W {need|take} for <e> J?");
        bool time = q.StartsWith("How long", StringComparison.Ordinal);
        var w = new Working(p, style);
        w = time ? w.Step("Work divided by power is", $"«{e} \\div {w0} = {t}»") : w.Step("Work divided by time is", $"«{e} \\div {t} = {w0}»");
        return Make("power", q, w.Close(time ? "It takes <t> s." : "The power is <w> W."), Pen.Number(time ? t : w0));
    }
}
