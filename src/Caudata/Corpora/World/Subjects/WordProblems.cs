namespace Caudata.Corpora.World.Subjects;

/// <summary>Arithmetic stories of two to six steps with whole-number answers.</summary>
internal static class WordProblems
{
    public const string Name = "word-problems";

    public const string Lore = """
        = ware: apple, notebook, pencil, muffin, ticket, balloon, candle, sticker, marble, postcard, loaf/loaves, jar of honey/jars of honey, toy car, flower pot, cupcake, eraser, bracelet, poster, tomato plant, brick, lemon, egg, bead, shell, stamp, ribbon, button, cookie, sandwich, bottle of juice/bottles of juice, orange, pear, kite, mug, scarf/scarves, badge, key ring, crayon, puzzle, seed packet
        = pack: box, crate, bag, basket, tray, pack, carton, bundle, case, sack
        = chore: washing cars, mowing lawns, walking dogs, tutoring, delivering newspapers, babysitting, stacking shelves, painting fences, picking berries, cleaning windows, watering gardens, repairing bicycles
        = trip: hike, school trip, bicycle tour, boat ride, bus journey, camping weekend, charity walk, museum visit
        = wish: bicycle, guitar, telescope, tent, camera, skateboard, drum, microscope, pair of skates/pairs of skates, tablet, violin, sewing machine
        = collection: stamps, coins, shells, marbles, trading cards, comics, badges, model trains, pressed flowers, postcards
        t {Word problems|Story problems|Arithmetic in daily life|Problem sheet}: {sharing and buying|money and time|work, trips and savings|several steps|mixed practice}
        t {How to|Learning to} {solve|read|set up} {word problems|story problems}[ with <ware.s> and <pack.s>]
        t {Weekly|Extra|Homework} {problems|exercises} for {grade|year} <n=3..7>
        h {Practice|Try these|Problems|Exercises|Your turn|Worked examples}
        h {More|Further|Extra} {practice|problems} with {money|sharing|rates|time}
        s Read the {story|problem|question} {twice|slowly|to the end} before you {write|compute|calculate} anything.
        s {Underline|Circle|Write down} the numbers and {ask|decide} what each of them {counts|measures|stands for}.
        s A {sum|difference|product|quotient} {usually|often} {hides behind|comes with} words such as {"altogether"|"left over"|"each"|"shared equally"|"times as many"|"per hour"}.
        s When <person> buys <ware.s> by the <pack>, {first|begin by} {find|count} how many {there are|come} in one <pack>.
        s {Check|Test} the answer by {going backwards|putting it into the story|estimating}: {would|could} <person> really {have|need|pay} that {much|many}?
        s {In problems|In stories} about {money|prices}, {keep|write} the dollars and the {number|count} of <ware.s> apart.
        s {Two-step|Longer} problems are {solved|done} one step at a time; {name|label} what each step {gives|finds}.
        s A {drawing|bar model|table} {helps|is useful} when <ware.s> are {shared|split|given away|packed}.
        s {Units matter|Watch the units}: {hours|minutes|dollars|miles|<pack.s>} {do not mix|must not be added to} {<ware.s>|days|people}.
        s {Children|Pupils|Students} {often|sometimes} {stop|forget} after the first step and {give|write} the {cost of one <pack>|number of <pack.s>} {instead of|rather than} the {total|answer}.
        q {Why|How come} do I {always|often} get {the first step right and the answer wrong|a wrong total} in {story|word} problems?
        a {Most likely|Probably} you stop too early. {Write|Note} after every step what the number means[, for example "<ware.s> in one <pack>"], and compare it with the question.
        q {How do I know|How can I tell} whether to {multiply|divide|add} [in a problem about <ware.s>]?
        a Ask what {is repeated|changes}. Equal groups {call for|mean} multiplication; sharing into equal groups {calls for|means} division; joining different {things|amounts} is addition.
        q {Should|May} {a child|my son|my daughter|pupils} use a calculator for {these|word problems}?
        a {Not at first.|Later, yes.} The {difficulty|skill} lies in {choosing the steps|reading}, and small numbers {show|train} that {better|best}[; in <month> we allow it for checking].
        d total :: the {sum|result} of all {parts|amounts} together
        d difference :: {how much|by what} one {number|amount} is larger than another
        d unit price :: the price of one {piece|<ware>|item}
        d rate :: an amount for each unit of {time|another amount}, such as miles per hour
        d remainder :: what is left when things cannot be shared {equally|out evenly}
        d average :: the total divided by the {number|count} of {values|items}
        """;

    public static Subject Create() => Subject.Parse(Name, 4, Lore, Shopping, Packs, Savings, Giving, Trip, Rates, Ages, Percent, Teams, Garden, Reading, Change, Harvest, Times, Chain);

    private static Item Make(string family, string question, List<Part> answer, long result) => new() { Question = [question], Answer = answer, Family = "word-problems/" + family, Result = Pen.Number(result) };

    private static Item Shopping(Pen p, int style)
    {
        int n = p.Int(2, 12), a = p.Int(2, 15), m = p.Int(2, 9), b = p.Int(2, 20);
        p.Set("n", n).Set("a", a).Set("m", m).Set("b", b).Set("na", n * a).Set("mb", m * b).Set("t", n * a + m * b);
        string q = p.SayOne(
            "<p=person> {buys|1:picks up|orders|2:purchases} <n> <x=ware.s> {at|for} $<a> {each|apiece|2:per item} and <m> <y=ware.s> {at|for} $<b> {each|apiece}[ at the <place> in <town>]. {How much does <p.he> {spend|pay}[ altogether| in total]?|What is the {total|full} {cost|price}?|1:Find the total cost.}",
            "{1:At the <place>, <x=ware.a> {costs|is} $<a> and <y=ware.a> {costs|is} $<b>.|2:A shop sells <!y=ware><x=ware.s> for $<a> and <y.s> for $<b>.} {How many dollars does <p=person> {need|pay} for <n> <x.s> and <m> <y.s>?|<p=person> {wants|takes} <n> <x.s> and <m> <y.s>. {What does <p.he> pay?|How much is that?}}");
        var w = new Working(p, style).Step("The <x.s> cost", $"{n} × {a} = {n * a}", "dollars").Step("The <y.s> cost", $"{m} × {b} = {m * b}", "dollars").Step("{Altogether|In total|Together} that is", $"{n * a} + {m * b} = {n * a + m * b}", "dollars");
        return Make("shopping", q, w.Close("{<p> {pays|spends} $<t>.|The total is $<t>.|2:The answer is <t>.}"), n * a + m * b);
    }

    private static Item Packs(Pen p, int style)
    {
        int k = p.Int(3, 15), s = p.Int(4, 24), used = p.Int(2, k * s - 1), total = k * s;
        p.Set("k", k).Set("s", s).Set("u", used).Set("total", total).Set("r", total - used);
        string q = p.SayOne(
            "{A|The} <place> {receives|1:takes delivery of|gets|2:orders} <k> <c=pack.s> with <s> <x=ware.s> {each|in every <c>}. {By <weekday>|After one day|1:Before noon} <u> {of them|<x.s>} {are|have been} {sold|used|given away}. How many <x.s> {are left|remain}?",
            "<p=person> {packs|1:stores|has} <x=ware.s> in <k> <c=pack.s>, <s> to a <c>. <p.he> {then |later |}{uses|gives away|sells} <u> <x.s>. {How many does <p> still have?|How many <x.s> {are left|does <p> have now}?}");
        var w = new Working(p, style).Step("{At first|In the beginning|Before that} there are", $"{k} × {s} = {total}", p.Fragment(Phrase.Of("<x.s>"))).Step("{After that|Afterwards} there remain", $"{total} - {used} = {total - used}", "");
        return Make("packs", q, w.Close("{There are <r> <x.s> left.|<r> <x.s> remain.|2:The answer is <r>.}"), total - used);
    }

    private static Item Savings(Pen p, int style)
    {
        int weekly = p.Int(4, 30), have = p.Int(5, 90), weeks = p.Int(3, 16), price = have + (weekly * weeks);
        p.Set("w", weekly).Set("h", have).Set("price", price).Set("n", weeks).Set("gap", price - have);
        string q = p.SayOne(
            "<p=person> {wants|is saving} {to buy|for} <x=wish.a> that costs $<price>. <p.he> {already has|has saved} $<h> and {earns|makes|1:puts aside} $<w> {a|every|each} week[ by <chore>]. {How many weeks {does it take|will it take|1:must <p.he> wait}?|2:After how many weeks can <p.he> buy it?}",
            "{1:A <x=wish> is on sale for $<price>.|2:The price of <x=wish.a> is $<price>.} <p=person>, who {has|owns} $<h>, {saves|sets aside} $<w> a week[ from <chore>]. {In how many weeks|After how many weeks} {is there enough|can <p.he> pay for it}?");
        var w = new Working(p, style).Step("<p> still needs", $"{price} - {have} = {price - have}", "dollars").Step("At $<w> a week this takes", $"{price - have} ÷ {weekly} = {weeks}", "weeks");
        return Make("savings", q, w.Close("{It takes <n> weeks.|<p> {needs|must save for} <n> weeks.|2:The answer is <n>.}"), weeks);
    }

    private static Item Giving(Pen p, int style)
    {
        int parts = p.Pick<int>([2, 3, 4, 5]), start = parts * p.Int(6, 40), gave = start / parts, more = p.Int(3, 40), result = start - gave + more;
        p.Set("s", start).Set("f", parts == 2 ? "half" : parts == 3 ? "a third" : parts == 4 ? "a quarter" : "a fifth").Set("m", more).Set("r", result).Set("g", gave);
        string q = p.SayOne(
            "<p=person> has <s> <x=collection>. <p.he> gives <f> of {them|the <x>} to {<p.his>|a} <relative> and then {finds|buys|gets|1:swaps for} <m> {more|new ones}. How many <x> does <p.he> have {now|in the end}?",
            "{There were <s> <x=collection> in <p=person>'s album.|<p=person> {collected|owned} <s> <x=collection>.} {1:One <weekday>|Last <month>} <p.he> {sold|gave away} <f> of them; {since then|later} <m> {were added|came in}. {How many are there now?|2:How many <x> are in the collection now?}");
        var w = new Working(p, style).Step("<p> gives away", $"{start} ÷ {parts} = {gave}").Step("{That leaves|There remain}", $"{start} - {gave} = {start - gave}").Step("{With the new ones there are|In the end there are}", $"{start - gave} + {more} = {result}");
        return Make("giving", q, w.Close("{<p> now has <r> <x>.|The {collection|album} {holds|has} <r>.|2:The answer is <r>.}"), result);
    }

    private static Item Trip(Pen p, int style)
    {
        int v1 = p.Multiple(20, 70, 5), t1 = p.Int(2, 5), v2 = p.Multiple(10, 60, 5), t2 = p.Int(1, 4), d = (v1 * t1) + (v2 * t2);
        p.Set("v", v1).Set("t", t1).Set("u", v2).Set("z", t2).Set("d", d);
        string q = p.SayOne(
            "{On a <x=trip>|1:For a <x=trip>}, {<p=person> {travels|drives|rides}|the group {travels|drives}} <t> hours at <v> {miles|kilometres} per hour and <z> hours at <u> {miles|kilometres} per hour. {How far is that?|1:Find the {whole|total} distance.|What distance is covered?}",
            "A {bus|train|lorry|van} {leaves|sets out from} <a=town> and {runs|drives} at <v> km per hour for <t> hours; {after a stop in <town>|then} it {goes|continues} at <u> km per hour for <z> hours{ and reaches <town>|}. How many kilometres {did it travel|lie behind it|2:has it covered}?");
        var w = new Working(p, style).Step("The first part is", $"{v1} × {t1} = {v1 * t1}").Step("The second part is", $"{v2} × {t2} = {v2 * t2}").Step("{Together|The whole way is}", $"{v1 * t1} + {v2 * t2} = {d}");
        return Make("trip", q, w.Close("{The distance is <d>.|It is <d> {altogether|in all}.|2:The answer is <d>.}"), d);
    }

    private static Item Rates(Pen p, int style)
    {
        int rate = p.Int(3, 25), workers = p.Int(2, 8), hours = p.Int(2, 9), price = p.Int(2, 9), made = rate * workers * hours;
        p.Set("r", rate).Set("w", workers).Set("h", hours).Set("c", price).Set("t", made * price).Set("m", made);
        string q = p.SayOne(
            "{In a workshop|At the <place>}, <w> <j=profession.s> each {make|finish|1:assemble} <r> <x=ware.s> an hour. They work <h> hours and sell {every|each} <x> for $<c>. {How much money do they {take|earn}?|1:What are the takings?}",
            "One <j=profession> can {make|produce} <r> <x=ware.s> per hour. {How many dollars are earned|What is the income} when <w> <j.s> work for <h> hours and {each <x>|one <x>} {sells|is sold} for $<c>?");
        var w = new Working(p, style).Step("{In one hour|Every hour} they make", $"{rate} × {workers} = {rate * workers}").Step("In <h> hours that is", $"{rate * workers} × {hours} = {made}", p.Fragment(Phrase.Of("<x.s>"))).Step("They {earn|receive}", $"{made} × {price} = {made * price}", "dollars");
        return Make("rates", q, w.Close("{The {income|money} is $<t>.|They {earn|take in} $<t>.|2:The answer is <t>.}"), (long)made * price);
    }

    private static Item Ages(Pen p, int style)
    {
        int young = p.Int(4, 20), times = p.Int(2, 4), years = p.Int(3, 15), sum = young + (young * times) + (2 * years);
        p.Set("y", young).Set("k", times).Set("n", years).Set("s", sum).Set("o", young * times);
        string q = p.SayOne(
            "<p=person> is <y> years old{, and|;} <p.his> <f=relative> is <k> times as old. {What will be the sum of their ages|How old will they be together} in <n> years?",
            "{The <f=relative> of <p=person>|1:<!p=person><p>'s <f=relative>} is <k> times as old as <p>, who is <y>. {1:Add their ages as they will be <n> years from now.|What do their ages add up to <n> years from now?}");
        var w = new Working(p, style).Step("The <f> is", $"{young} × {times} = {young * times}", "years old").Step("In <n> years the ages are", $"{young} + {years} = {young + years} and {young * times} + {years} = {(young * times) + years}").Step("{Their sum is|Together that is}", $"{young + years} + {(young * times) + years} = {sum}");
        return Make("ages", q, w.Close("{The sum is <s>.|Together they will be <s> years old.|2:The answer is <s>.}"), sum);
    }

    private static Item Percent(Pen p, int style)
    {
        int price = p.Multiple(20, 400, 20), off = p.Pick<int>([5, 10, 15, 20, 25, 30, 40, 50]), n = p.Int(1, 6), cut = price * off / 100, pay = (price - cut) * n;
        p.Set("p0", price).Set("o", off).Set("n", n).Set("t", pay).Set("c", cut);
        string q = p.SayOne(
            "{The {usual|normal|full} price of <x=wish.a> is $<p0>|A <x=wish> {normally |usually |}costs $<p0>}. {In the <season> sale|This <weekday>|1:During a clearance} it is reduced by <o>%. {What do <n> of them cost|How much must <p=person> pay for <n>}?",
            "<p=person>'s <place> {lowers|cuts} the price of <x=wish.a> from $<p0> by <o> percent. {A school|A club|1:A hostel in <town>} {buys|orders} <n>. {How much is the bill?|What is the cost in dollars?}");
        var w = new Working(p, style).Step("The {reduction|discount} is", $"{price} × {off} ÷ 100 = {cut}", "dollars").Step("{One now costs|The new price is}", $"{price} - {cut} = {price - cut}", "dollars").Step("For <n> that makes", $"{price - cut} × {n} = {pay}", "dollars");
        return Make("percent", q, w.Close("{The {bill|cost} is $<t>.|They cost $<t>.|2:The answer is <t>.}"), pay);
    }

    private static Item Teams(Pen p, int style)
    {
        int classes = p.Int(2, 9), size = p.Int(15, 32), per = p.Int(3, 12), people = classes * size, groups = (people + per - 1) / per;
        p.Set("c", classes).Set("s", size).Set("g", per).Set("r", groups).Set("n", people);
        string q = p.SayOne(
            "<c> {classes|groups} of <s> {children|pupils|students} {go on a|join the} <x=trip>. {Each|Every|One} {tent|boat|table|van|cabin} {takes|holds|has room for} <g>. How many {are needed|must be booked}?",
            "{For a <x=trip>|2:For the <month> <x=trip>}, <s> pupils from each of <c> {classes|schools} sign up. {They form groups of at most <g>.|2:At most <g> fit into a minibus.} {What is the smallest number of {groups|minibuses}?|1:How many does one need at least?}");
        var w = new Working(p, style).Step("{There are|In all there are}", $"{classes} × {size} = {people}", "children").Step("{Dividing gives|Sharing out gives}", $"{people} ÷ {per} = {people / per}", people % per == 0 ? "exactly" : $"with {people % per} left over");
        return Make("teams", q, w.Close(people % per == 0 ? "{So <r> are needed.|<r> are enough.|2:The answer is <r>.}" : "{Rounding up, <r> are needed.|One more is needed for the rest, so <r>.|2:The answer is <r>.}"), groups);
    }

    private static Item Garden(Pen p, int style)
    {
        int w = p.Int(4, 30), extra = p.Int(2, 20), l = w + extra, price = p.Int(2, 15), gate = p.Int(1, 4), fence = 2 * (l + w) - gate;
        p.Set("w", w).Set("e", extra).Set("l", l).Set("c", price).Set("g", gate).Set("t", fence * price);
        string q = p.SayOne(
            "{A rectangular {garden|field|playground}|<p=person>'s {garden|yard}} is <w> metres wide and <e> metres longer than it is wide. A fence {is put up|goes} around it, {leaving|except for} a gate of <g> metres. {What does the fence cost at $<c> {a|per} metre?|1:One metre of fence is $<c>. Find the cost.}",
            "The {yard|garden|paddock} behind the <place> measures <w> m by <l> m. {At $<c> per metre, how|How} much {is|would be} a fence around it[ at $<c> per metre] if a <g> m gate {needs no|is left without a} fence?");
        if (!q.Contains('$'))
        {
            q += p.Say(" {One metre|A metre} of fence {costs|is} $<c>.");
        }

        var work = new Working(p, style).Step("The length is", $"{w} + {extra} = {l}", "metres").Step("The way around is", $"2 × ({l} + {w}) = {2 * (l + w)}", "metres").Step("Without the gate that is", $"{2 * (l + w)} - {gate} = {fence}", "metres").Step("The cost is", $"{fence} × {price} = {fence * price}", "dollars");
        return Make("garden", q, work.Close("{The fence costs $<t>.|One pays $<t>.|2:The answer is <t>.}"), (long)fence * price);
    }

    private static Item Reading(Pen p, int style)
    {
        int perDay = p.Int(8, 40), days = p.Int(3, 12), rest = p.Int(2, 14), restRate = p.Int(5, 30), pages = (perDay * days) + (rest * restRate);
        p.Set("a", perDay).Set("d", days).Set("b", restRate).Set("pages", pages).Set("r", rest);
        string q = p.SayOne(
            "<p=person> is reading a book of <pages> pages. For <d> days <p.he> reads <a> pages a day. {After that|Then} <p.he> {slows down to|reads only|manages} <b> pages a day. How many {more|further} days does <p.he> need?",
            "{A book has <pages> pages.|1:The {novel|diary} that <p=person> borrowed has <pages> pages.} <p=person> {read|finished} <a> pages on each of the first <d> days and <b> pages {a day|daily} afterwards. How many days {at the second pace|1:of the second kind} {were|are} {needed|necessary}?");
        var w = new Working(p, style).Step("{In the first days <p> reads|At first that is}", $"{perDay} × {days} = {perDay * days}", "pages").Step("There remain", $"{pages} - {perDay * days} = {pages - (perDay * days)}", "pages").Step("They take", $"{pages - (perDay * days)} ÷ {restRate} = {rest}", "days");
        return Make("reading", q, w.Close("{<p> needs <r> more days.|It takes <r> days.|2:The answer is <r>.}"), rest);
    }

    private static Item Change(Pen p, int style)
    {
        int n = p.Int(2, 6), a = p.Int(2, 9), m = p.Int(1, 5), b = p.Int(1, 8), cost = (n * a) + (m * b), note = cost <= 50 && p.Chance(0.5) ? 50 : 100, back = note - cost;
        p.Set("n", n).Set("a", a).Set("m", m).Set("b", b).Set("note", note).Set("r", back);
        string q = p.SayOne(
            "<p=person> pays with a $<note> note for <n> <x=ware.s> at $<a> each and <m> <y=ware.s> at $<b> each. How much change does <p.he> get{| back}?",
            "{From|Out of} $<note>, <p=person> {buys|pays for} <n> <x=ware.s> ($<a> each) and <m> <y=ware.s> ($<b> each)[ at the <place>]. How many dollars {are left|does <p.he> keep}?");
        var w = new Working(p, style).Step("The <x.s> cost", $"{n} × {a} = {n * a}", "dollars").Step("The <y.s> cost", $"{m} × {b} = {m * b}", "dollars").Step("{That is|Together they cost}", $"{n * a} + {m * b} = {cost}", "dollars").Step("The change is", $"{note} - {cost} = {back}", "dollars");
        return Make("change", q, w.Close("{<p> gets $<r> back.|<p.c> has $<r> left.|2:The answer is <r>.}"), back);
    }

    private static Item Harvest(Pen p, int style)
    {
        int trees = p.Int(5, 40), each = p.Int(6, 40), bad = p.Int(3, Math.Max(4, trees)), per = p.Int(2, 12), good = (trees * each) - bad, full = good / per;
        p.Set("t", trees).Set("e", each).Set("b", bad).Set("k", per).Set("f", full);
        string q = p.SayOne(
            "{A farmer|<p=person>|The {owner|tenant} of an orchard} has <t> trees with <e> {apples|pears|plums|oranges} each. <b> {of them|fruits} are {spoiled|eaten by birds|1:wormy}, and the {others|rest} {are packed|go} into bags of <k>. How many full bags {are there|does that make}?",
            "{In <town>|1:Near <town>}, <t> {bushes|trees} {bore|gave|carried} <e> fruits each[ this <season>]. {After|When} <b> bad ones {were thrown away|had been taken out}, the rest were {packed|put} in boxes of <k>. How many boxes could be filled {completely|to the top}?");
        var w = new Working(p, style).Step("The harvest is", $"{trees} × {each} = {trees * each}", "fruits").Step("Good ones:", $"{trees * each} - {bad} = {good}").Step("Division gives", $"{good} ÷ {per} = {full}", good % per == 0 ? "" : $"(and {good % per} left over)");
        return Make("harvest", q, w.Close("{<f> can be filled.|There are <f> full ones.|2:The answer is <f>.}"), full);
    }

    private static Item Times(Pen p, int style)
    {
        int a = p.Int(3, 30), k = p.Int(2, 5), less = p.Int(1, Math.Max(2, a - 1)), b = a * k, c = b - less, sum = a + b + c;
        p.Set("a", a).Set("k", k).Set("l", less).Set("s", sum);
        string q = p.SayOne(
            "<p=person> {sold|baked|found|made|caught} <a> <x=ware.s>. <r=person> {sold|had} <k> times as many, and <z=person> {had|got} <l> {fewer|less} than <r>. How many {is that together|did the three have|<x.s> did they have altogether}?",
            "On <weekday> the <place> {sold|handed out} <a> <x=ware.s>, the next day <k> times that number, and on the third day <l> fewer than on the second. {How many <x.s> {were|was that} in three days?|1:Add up the three days.}");
        var w = new Working(p, style).Step("The second number is", $"{a} × {k} = {b}").Step("The third is", $"{b} - {less} = {c}").Step("{All together|The sum is}", $"{a} + {b} + {c} = {sum}");
        return Make("times", q, w.Close("{Altogether there are <s> <x.s>.|That makes <s>.|2:The answer is <s>.}"), sum);
    }

    /// <summary>A story of two to five changes to one number, drawn step by step.</summary>
    private static Item Chain(Pen p, int style)
    {
        int now = p.Int(10, 80), steps = p.Int(2, 5);
        p.Set("s", now);
        var story = new System.Text.StringBuilder(p.Say("{<p=person> starts {the day|the week|the game} with <s> <x=ware.s>.|There are <!p=person><s> <x=ware.s> {on <p>'s shelf|in <p>'s {box|basket}|in the <place> of <p>}.|<p=person> has <s> <x=ware.s>.}"));
        var work = new Working(p, style);
        for (int i = 0; i < steps; i++)
        {
            int kind = p.Index(5), before = now;
            if (kind == 0 && now > 12)
            {
                int d = p.Int(2, Math.Min(now - 4, 40));
                p.Set("d", d);
                story.Append(p.Say(" {<p.c> gives <d> to {a|<p.his>} <relative>.|Then <d> are {lost|sold|1:broken}.|A <relative> {takes|borrows} <d>.|On <weekday>, <d> {go to|are left at} the <place>.}"));
                now -= d;
                work.Step("{After that there are|That leaves|<p> then has}", $"{before} - {d} = {now}");
            }
            else if (kind == 1 && now < 300)
            {
                int k = p.Int(2, 3);
                p.Set("k", k == 2 ? "doubles" : "triples");
                story.Append(p.Say(" {The next day|By <weekday>|Soon} the number <k>."));
                now *= k;
                work.Step("{Then there are|The number becomes}", $"{before} × {k} = {now}");
            }
            else if (kind == 2 && now % 2 == 0 && now > 20)
            {
                story.Append(p.Say(" {Half of them {are given to charity|go to a neighbour|are used up}|A <relative> gets half of {them|what is there}}."));
                now /= 2;
                work.Step("{Half of this is|There remain}", $"{before} ÷ 2 = {now}");
            }
            else if (kind == 3)
            {
                int n = p.Int(2, 6), c = p.Int(2, 12);
                p.Set("n", n).Set("c", c);
                story.Append(p.Say(" {<n> <relative.s> {bring|add} <c> each.|<n> <pack.s> of <c> {arrive|are bought|come in the post}.}"));
                now += n * c;
                work.Step("{With the new ones that is|Now there are}", $"{before} + {n} × {c} = {now}");
            }
            else
            {
                int d = p.Int(2, 45);
                p.Set("d", d);
                story.Append(p.Say(" {<p.c> {buys|finds|gets|makes} <d> more.|A <relative> brings <d>.|{On <weekday>|Later|1:In <month>} <d> are added.}"));
                now += d;
                work.Step("{Then there are|That makes|<p> then has}", $"{before} + {d} = {now}");
            }
        }

        p.Set("r", now);
        story.Append(p.Say(" {How many <x.s> are there {now|in the end|at last}?|How many <x.s> does <p> {have|end up with}?|1:Find the final number.}"));
        return Make("chain", story.ToString(), work.Close("{In the end there are <r> <x.s>.|<p> has <r>.|2:The answer is <r>.}"), now);
    }
}
