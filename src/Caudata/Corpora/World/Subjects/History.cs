namespace Caudata.Corpora.World.Subjects;

/// <summary>Chronicles of invented countries and rulers; dates about a name agree wherever they are told.</summary>
internal static class History
{
    public const string Name = "history";

    public const string Lore = """
        = ruler: Queen Aldona, King Berengar, Queen Celestine, Duke Odalric, Empress Irmina, King Taddeo, Princess Ysolde, Prince Morcar, Queen Philippa, Count Rainald, Regent Ottilie, Chancellor Voss, Empress Zenobia, Marshal Keller, Abbess Hilda, Governor Prynne
        = war: War of the Salt Roads, Seven Harbours War, Peasants' Rising, Siege of Kettle Hill, Winter War, Copper Revolt, War of Two Sisters, Battle of the Fords, Long Truce, Weavers' Strike
        = invention: printing press/printing presses, loom, water mill, steam pump, lighthouse, telegraph, canal lock, clock tower, sailing barge, iron plough, paper mill, glass furnace
        = people: weavers, monks, merchants, miners, sailors, scribes, settlers, masons, bakers, soldiers, shepherds, envoys
        = relic: chronicle, treaty/treaties, map, coin hoard, letter, charter, tax roll, diary/diaries, tombstone, fresco, ship's log/ships' logs, census
        t The {reign|life|times} of <ruler>
        t {A short history of|The chronicle of|Notes on} <country>[ and its <people>]
        t The <war>: {causes|course and outcome|sources}
        h {Origins|The war years|Trade and towns|Daily life|Sources|Aftermath|Key dates}
        s In <year=1180..1890>, <ruler> {granted|refused} the <people> of <town> {a charter|the right to trade|land on the <river>}.
        s The <invention> {reached|came to} <country> with <people> from <country>{ and changed the price of bread|, though few could pay for it|}.
        s {A|One} <relic> {found|kept} in <town> {tells|shows} that <n=40..9000> <people> {left|settled in} the town {after|before} the <w=war>.
        s {During|Before|After} the <war>, {prices doubled|roads were unsafe|the <people> paid no tax|a fever emptied <town>}.
        s {Historians|Older books} {doubt|assume|dispute} that <ruler> {signed|wrote} the <relic> {herself or himself|in <town>|in that year}.
        s The {treaty|peace} of <town> {ended|interrupted} the <war> and {gave|returned} <town> to <country>.
        s {Most|Many} <people> {lived|worked} {within the walls|near the harbour|by the <river>}, {where|and there} <invention.a> {stood|was built} in <year=1200..1880>.
        s {Little|Nothing} is known about <ruler>'s {youth|first years}; {the|a} <relic> {names|mentions} a teacher from <town>.
        q When did <r=ruler> {rule|reign}, and over which country?
        a <r> {ruled|reigned over} <c=country@r> from <yeara=1180..1500@r> {until|to} <yearb=1501..1560@r>{, longer than anyone before|}.
        q What {caused|led to} the <w=war>?
        a {The main cause was|It broke out because of} {a quarrel about tolls|a tax} on {the <r=river@w>|the road to <t=town@w>}; {the <p=people@w> refused to pay|both sides claimed the town}.
        q {Who won|How did it end,} the <w=war>?
        a {Neither side won outright|<ru=ruler@w> won}; the peace of <t=town@w> in <year=1200..1880@w> {divided the land|restored the old border}.
        q {Why was|What made} the <i=invention> {so |}important{ in <c=country>|}?
        a It {made|allowed} <p=people@i> {to produce|make} {three|four|ten} times as much in a day, {so that|and} towns such as <t=town@i> grew.
        q How do we know about {the <p=people> of <t=town>|life in <t=town>}?
        a {Mainly|Chiefly} from <s=relic.a@t> of <year=1250..1850@t>, {found|copied} in <k=town@t>. {It lists|There} {names, trades and taxes|<n=60..900@t> households}{ are listed|}.
        q When was <t=town> founded?
        a {According to the charter|Tradition says}, in <year=1050..1700@t>, {by|under} <r=ruler@t>.
        q What did <p=people> {eat|earn} in the time of <r=ruler>?
        a {Mostly|Chiefly} {bread, peas and beer|rye, cabbage and cheese|a few coins a week and their meals}; {meat|wine|silver} was {rare|for feast days}{, as <s=relic.a> from <t=town@r> shows|}.
        d charter :: a written grant of rights by a ruler
        d regent :: someone who rules in place of a child or absent ruler
        d tithe :: a tenth of the harvest paid as a tax
        d guild :: a union of craftsmen or merchants in a town
        d armistice :: an agreement to stop fighting for a time
        d chronicle :: a record of events in order of time
        d vassal :: someone who held land in return for service
        d the <w=war> :: a conflict of <yeara=1180..1500@w> to <yearb=1501..1540@w> between <c=country@w> and <e=country@c>
        d <r=ruler> :: ruler of <c=country@r> from <yeara=1180..1500@r>
        """;

    public static Subject Create() => Subject.Parse(Name, 10, Lore);
}
