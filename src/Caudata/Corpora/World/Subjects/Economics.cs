namespace Caudata.Corpora.World.Subjects;

/// <summary>Interest, break-even, taxes and markets.</summary>
internal static class Economics
{
    public const string Name = "economics";

    public const string Lore = """
        = econthing: price, wage, tax, tariff, subsidy, interest rate, budget, loan, share, bond, deficit, currency, demand curve, supply curve, monopoly, cartel, import quota, pension, rent
        = firm: bakery, shipyard, cotton mill, software house, dairy, brewery, printing house, bicycle maker, toy factory, print shop, ferry line, seed trader, vineyard
        = econgood: wheat, steel, bicycles, shoes, coffee, paper, tablets, furniture, cheese, umbrellas, bread, tea, timber
        t {Markets and|Introduction to|A short course on} <econthing.s>
        t {Business arithmetic|Interest and loans|Break-even points}: {exercises|examples|practice}
        t How <econthing.s> {affect|shape} the {market|trade} in <econgood>
        h {Markets|Costs|Interest|Trade|Public finance|Case study}
        s {When|If} the <econthing> {rises|falls}, the <firm> in <town> {makes|sells} {more|less} <econgood>{, other things being equal|}.
        s {In|By} <year=1890..2020>, the <econthing> {amounted to|stood at} <n=2..35> percent of {the price|sales|income} in <town>.
        s A <econthing> {protects|burdens} {buyers|sellers|workers} of <econgood> and {hurts|helps} {those|firms} who {import|export} it.
        s {Economists|Critics|Ministers} {argue|doubt|agree} that <econthing.a> {changes|distorts|steadies} the market for <econgood>.
        s The <firm> {borrowed|invested} $<n=20000..900000> {for|in} {machines|a second hall|a new roof} and {expects|hopes for} {profit|higher sales} within <m=2..9> years.
        s {Fixed|Variable} costs {arise|are paid} {whether or not|even if} {anything|<econgood>} is {sold|made}; {others|the rest} {grow|rise} with output.
        s {Supply|Demand} for <econgood> is {elastic|inelastic} when {buyers|makers} {can|cannot} {wait|switch} easily.
        q Why does a price ceiling on <g=econgood> cause shortages?
        a {Below|Under} the market price {more|a larger amount} is {wanted|demanded} and less is {offered|supplied}; the {gap|difference} {appears|shows} as queues and empty shelves.
        q What is {inflation|meant by inflation}?
        a A {lasting|general} rise of {the price level|prices}, {so that|which means that} money buys less{ <econgood>|}.
        q Who {bears|really pays} a tax on <g=econgood>?
        a The side that reacts less: {if|when} {buyers|customers} cannot {do without|replace} <g>, they {carry|pay} most of it.
        q What {is|are} opportunity {cost|costs}?
        a The value of the best {alternative|other use} that is given up{, for instance the wage lost while studying|}.
        d elasticity :: the percent change of quantity for one percent change of price
        d revenue :: price times quantity sold
        d break-even point :: the quantity at which revenue covers all costs
        d liquidity :: how quickly something can be turned into money
        d dividend :: the part of profit paid to shareholders
        d tariff :: a tax on imported goods
        d monopoly :: a market with one seller
        """;

    public static Subject Create() => Subject.Parse(Name, 6, Lore, Interest, Compound, BreakEven, Tax, Profit);

    private static Item Make(string family, string question, List<Part> answer, long result) => new() { Question = [question], Answer = answer, Family = "economics/" + family, Result = Pen.Number(result) };

    private static Item Interest(Pen p, int style)
    {
        int capital = p.Multiple(200, 9000, 100), rate = p.Int(1, 9), years = p.Int(2, 9), interest = capital / 100 * rate * years;
        p.Set("c", capital).Set("i", rate).Set("y", years).Set("r", interest);
        string q = p.SayOne("<person> {lends|invests} $<c> at <i>% simple interest {a|per} year. How much interest {is earned|does it bring} in <y> years?", "The <firm> {borrows|takes up} $<c> at a simple rate of <i>% a year. {What interest is due|How much interest must be paid} after <y> years?");
        return Make("interest", q, new Working(p, style).Step("One year brings", $"{capital} × {rate} ÷ 100 = {capital / 100 * rate}", "dollars").Step("<y> years bring", $"{capital / 100 * rate} × {years} = {interest}", "dollars").Close("The interest is $<r>."), interest);
    }

    private static Item Compound(Pen p, int style)
    {
        int capital = p.Multiple(400, 8000, 400), rate = p.Pick<int>([5, 10, 20]), first = capital + (capital * rate / 100), second = first + (first * rate / 100);
        p.Set("c", capital).Set("i", rate).Set("r", second);
        string q = p.SayOne("$<c> {grow|are left to grow} at <i>% compound interest. {What are they worth|How much is it} after two years?", "A {deposit|bond} of $<c> {pays|earns} <i>% a year, and the interest is {added|reinvested}. {Find its value after 2 years.|What is it worth after two years?}");
        return Make("compound", q, new Working(p, style).Step("After one year there are", $"{capital} + {capital * rate / 100} = {first}", "dollars").Step("After two years there are", $"{first} + {first * rate / 100} = {second}", "dollars").Close("The value is $<r>."), second);
    }

    private static Item BreakEven(Pen p, int style)
    {
        int margin = p.Int(2, 20), cost = p.Int(3, 30), units = p.Int(20, 400), fixedCost = margin * units;
        p.Set("f", fixedCost).Set("v", cost).Set("s", cost + margin).Set("r", units).Set("m", margin);
        string q = p.SayOne("A <firm> has fixed costs of $<f>. Each unit costs $<v> to make and sells for $<s>. {How many units must be sold to break even?|Where is the break-even point?}", "{Selling <econgood> at $<s> a piece|At a price of $<s>}, a <firm> {pays|spends} $<v> per unit and $<f> in any case. {From how many units on does it earn money?|How many units cover the costs?}");
        return Make("break-even", q, new Working(p, style).Step("The margin per unit is", $"{cost + margin} - {cost} = {margin}", "dollars").Step("The fixed costs need", $"{fixedCost} ÷ {margin} = {units}", "units").Close("{The break-even point is|It takes} <r> units."), units);
    }

    private static Item Tax(Pen p, int style)
    {
        int income = p.Multiple(10_000, 80_000, 1000), free = p.Multiple(4000, 9000, 1000), rate = p.Pick<int>([10, 15, 20, 25, 30]), tax = (income - free) / 100 * rate;
        p.Set("i", income).Set("f", free).Set("t", rate).Set("r", tax);
        string q = p.SayOne("{Income up to $<f> is free of tax|The first $<f> are tax-free}; {above that|on the rest} the rate is <t>%. {How much tax does|What must} a <profession> with $<i> {pay|pay in tax}?", "A <profession> earns $<i>. After an allowance of $<f>, <t> percent are {due|taken}. {Find the tax.|How high is the tax?}");
        return Make("tax", q, new Working(p, style).Step("Taxed are", $"{income} - {free} = {income - free}", "dollars").Step("The tax is", $"{income - free} × {rate} ÷ 100 = {tax}", "dollars").Close("The tax is $<r>."), tax);
    }

    private static Item Profit(Pen p, int style)
    {
        int units = p.Int(20, 300), price = p.Int(5, 60), cost = p.Int(2, price), rent = p.Int(50, 900), profit = (units * (price - cost)) - rent;
        p.Set("u", units).Set("p0", price).Set("c", cost).Set("f", rent).Set("r", Math.Abs(profit));
        string q = p.Say("In <month> a <firm> {sold|delivered} <u> units at $<p0>. Each cost $<c>, and {rent and wages were|other expenses came to} $<f>. {What was the profit or loss?|Find the result of the month.}");
        return Make("profit", q, new Working(p, style).Step("Sales were", $"{units} × {price} = {units * price}", "dollars").Step("Units cost", $"{units} × {cost} = {units * cost}", "dollars").Step("The result is", $"{units * price} - {units * cost} - {rent} = {profit}", "dollars").Close(profit >= 0 ? "{There was a profit of|The profit was} $<r>." : "{There was a loss of|The loss was} $<r>."), profit);
    }
}
