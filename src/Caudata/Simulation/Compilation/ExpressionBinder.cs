using System.Collections.Immutable;
using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Compilation;

/// <summary>Turns one mechanism into nodes: names to values, functions to operations, draws to keyed noise and quantile functions.</summary>
/// <param name="world">The world, for entities, tables and parameters.</param>
/// <param name="nodes">Receives the nodes.</param>
/// <param name="mistakes">Receives mistakes.</param>
/// <param name="value">The value of a name that is already bound.</param>
/// <param name="indices">The entities of a name, default where there is no such name.</param>
/// <param name="owner">The variable whose mechanism it is: the name of its noise.</param>
internal sealed partial class ExpressionBinder(World world, NodeTable nodes, MistakeList mistakes, Func<string, Node?> value, Func<string, ImmutableArray<string>> indices, string owner)
{
    private int _draws;

    /// <summary>Binds an expression; null after a mistake.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="context">The entities it may use.</param>
    public Node? Bind(Expression expression, Plate context)
    {
        if (nodes.IsFull)
        {
            mistakes.Add($"The world has more than {WorldLimits.Operations} operations; expected fewer. Leave out variables or interventions.", expression.Place);
            return null;
        }

        Node? node = expression switch
        {
            Expression.Number number => nodes.Constant(number.Value),
            Expression.Name name => BindName(name, context),
            Expression.Member member => BindMember(member, context),
            Expression.Aggregate aggregate => BindAggregate(aggregate, context),
            Expression.Call call => BindCall(call, context),
            Expression.Apply apply => BindApply(apply, context),
            _ => throw new InvalidOperationException(expression.ToString()),
        };
        if (node is not null && expression is not Expression.Name)
        {
            node.Origin ??= new Origin(expression);
        }

        if (node is { Op: Op.Constant } && !double.IsFinite(node.Number) && expression is Expression.Call)
        {
            mistakes.Add($"{ExpressionText.Of(expression)} is {(double.IsNaN(node.Number) ? "not a number" : "infinite")} whatever is drawn; expected a finite number. Change its numbers or the parameters in it.", expression.Place);
            return null;
        }

        return node;
    }

    private Node? BindName(Expression.Name name, Plate context)
    {
        // A parameter or variable without a value is a mistake that is told where it is declared.
        if (world.ParameterValue(name.Text) is { } parameter)
        {
            return double.IsNaN(parameter) ? null : nodes.Constant(parameter);
        }

        ImmutableArray<string> entities = indices(name.Text);
        if (entities.IsDefault)
        {
            mistakes.Add($"'{name.Text}' is no variable, indicator or parameter; {Nearest.Suggest(name.Text, [.. world.Parameters.Select(p => p.Name), .. world.Variables.Select(v => v.Name), .. world.Indicators.Select(r => r.Name)])}", name.Place);
            return null;
        }

        Node? node = value(name.Text);
        string[] foreign = [.. entities.Where(entity => !context.Has(world.EntityIndex(entity)))];
        if (foreign.Length > 0)
        {
            mistakes.Add($"{name.Text}[{string.Join(", ", entities)}] has a value for each {string.Join(" and ", foreign)}, but stands where there is {Describe(context)}; expected an aggregate, as in mean({name.Text} over {foreign[0]}).", name.Place);
            return null;
        }

        return node is { Op: Op.Constant, Number: double.NaN } ? null : node;
    }

    private Node? BindMember(Expression.Member member, Plate context)
    {
        int entity = Entity(member.Entity, member.Place);
        if (entity < 0)
        {
            return null;
        }

        double[]? column = Column(member, entity);
        if (column is null)
        {
            return null;
        }

        if (!context.Has(entity))
        {
            mistakes.Add($"{member.Entity}.{member.Column} has a value for each {member.Entity}, but stands where there is {Describe(context)}; expected an aggregate, as in mean({member.Entity}.{member.Column} over {member.Entity}).", member.Place);
            return null;
        }

        return nodes.Column(entity, column);
    }

    private double[]? Column(Expression.Member member, int entity)
    {
        WorldTable? table = world.Entities[entity].Table;
        if (table?.Columns.TryGetValue(member.Column, out double[]? column) == true)
        {
            return column;
        }

        mistakes.Add(table is null ? $"'{member.Entity}.{member.Column}' asks for a column, but {member.Entity} has no table; expected a variable, or an entity with a table."
            : $"'{member.Column}' is no column of numbers of {table.Name}; {Nearest.Suggest(member.Column, table.Columns.Keys)}", member.Place);
        return null;
    }

    private int Entity(string name, WorldPlace place)
    {
        int entity = world.EntityIndex(name);
        if (entity < 0)
        {
            mistakes.Add($"'{name}' is no entity; {Nearest.Suggest(name, world.Entities.Select(e => e.Name))}", place);
        }

        return entity;
    }

    private Node? BindAggregate(Expression.Aggregate aggregate, Plate context)
    {
        int entity = Entity(aggregate.Entity, aggregate.Place);
        if (entity < 0 || HasDraw(aggregate.Body))
        {
            return null;
        }

        WorldRelation? relation = null;
        int over = entity;
        if (aggregate.Relation is { } name)
        {
            if (world.Entities[entity].Table?.Relations.TryGetValue(name, out relation) != true)
            {
                mistakes.Add($"'{name}' is no relation of {aggregate.Entity}; {Nearest.Suggest(name, world.Entities[entity].Table?.Relations.Keys ?? [])}", aggregate.Place);
                return null;
            }

            over = Entity(relation!.To, aggregate.Place);
            if (over < 0)
            {
                return null;
            }
        }

        int[] outer = [.. EntitiesOf(aggregate.Body).Where(e => e != over)];
        int result = relation is null ? -1 : entity;
        if (outer.FirstOrDefault(e => !context.Has(e), result >= 0 && !context.Has(result) ? result : -1) is >= 0 and int foreign)
        {
            mistakes.Add($"The aggregate has a value for each {world.Entities[foreign].Name}, but stands where there is {Describe(context)}; expected only entities of the variable.", aggregate.Place);
            return null;
        }

        Plate? triple = outer.Length == 2 && relation is null ? world.TripleOf(outer[0], outer[1], over) : null;
        if ((outer.Length > 1 && triple is null) || (outer.Length == 1 && outer[0] == result))
        {
            mistakes.Add($"The aggregate combines {string.Join(", ", outer.Append(over).Select(e => world.Entities[e].Name))}; expected at most two entities, or the three of a variable. A sum of products over a third one is dot(a, b).", aggregate.Place);
            return null;
        }

        Plate inner = triple ?? (outer.Length == 0 ? Plate.Of(over) : world.PairOf(outer[0], over));
        Node? body = Bind(aggregate.Body, inner);
        if (body is null)
        {
            return null;
        }

        Reduction reduction = aggregate.Function switch { "mean" => Reduction.Mean, "min" => Reduction.Min, "max" => Reduction.Max, _ => Reduction.Sum };
        body = aggregate.Function == "count" ? Truth(body, inner) : body;
        if (relation is not null)
        {
            if (!body.Plate.Has(over) || (body.Plate.Count >= 2 && body.Plate.Column != over))
            {
                mistakes.Add($"{aggregate.Entity}.{aggregate.Relation} leads to {relation.To}, but what is aggregated has a value for each {Describe(body.Plate)}; expected one for each {relation.To}, or for each row and {relation.To}.", aggregate.Body.Place);
                return null;
            }

            return nodes.Relate(body, entity, relation, reduction);
        }

        return body.Plate.Has(over) ? nodes.Reduce(body, over, reduction)
            : reduction == Reduction.Sum ? nodes.Map(Op.Multiply, context, body, nodes.Constant(world.Entities[over].Size)) : body;
    }

    private Node? BindCall(Expression.Call call, Plate context)
    {
        switch (call.Function)
        {
            case "size" or "index":
                return BindEntityFunction(call, context);
            case "dot":
                return BindDot(call, context);
            case "resample":
                return BindResample(call, context);
        }

        bool random = FunctionTable.Functions.TryGetValue(call.Function, out FunctionForm? form) && form.IsRandom;
        string stream = random ? NextStream() : "";
        Node?[] bound = [.. call.Arguments.Select(argument => Bind(argument, context))];
        if (bound.Contains(null))
        {
            return null;
        }

        Node[] a = bound!;
        return random ? BindDraw(call, context, stream, a) : BindFunction(call, context, a);
    }

    private Node? BindApply(Expression.Apply apply, Plate context)
    {
        Node?[] bound = [.. apply.Arguments.Select(argument => Bind(argument, context))];
        return bound.Contains(null) ? null : nodes.Apply(context, apply.Function, [.. bound.Select(node => node!)]);
    }

    private Node? BindFunction(Expression.Call call, Plate context, Node[] a)
    {
        switch (call.Function)
        {
            case "+": return nodes.Sum(context, a[0], a[1]);
            case "-": return nodes.Map(Op.Subtract, context, a);
            case "*": return nodes.Map(Op.Multiply, context, a);
            case "/": return nodes.Map(Op.Divide, context, a);
            case "^": return nodes.Map(Op.Power, context, a);
            case "negate": return nodes.Map(Op.Negate, context, a);
            case "<": return nodes.Map(Op.Less, context, a);
            case "<=": return nodes.Map(Op.LessOrEqual, context, a);
            case ">": return nodes.Map(Op.Less, context, a[1], a[0]);
            case ">=": return nodes.Map(Op.LessOrEqual, context, a[1], a[0]);
            case "==": return nodes.Map(Op.Equal, context, a);
            case "!=": return nodes.Map(Op.Not, context, nodes.Map(Op.Equal, context, a));
            case "and": return nodes.Map(Op.And, context, a);
            case "or": return nodes.Map(Op.Or, context, a);
            case "not": return nodes.Map(Op.Not, context, a);
            case "abs": return nodes.Map(Op.Abs, context, a);
            case "exp": return nodes.Map(Op.Exp, context, a);
            case "log": return nodes.Map(Op.Log, context, a);
            case "sqrt": return nodes.Map(Op.Sqrt, context, a);
            case "sigmoid": return nodes.Map(Op.Sigmoid, context, a);
            case "round": return nodes.Map(Op.Round, context, a);
            case "floor": return nodes.Map(Op.Floor, context, a);
            case "phi": return nodes.Map(Op.NormalProbability, context, a);
            case "clip": return nodes.Map(Op.Clip, context, a);
            case "if" or "where": return nodes.Map(Op.Select, context, a);
            case "min": return a.Aggregate((x, y) => nodes.Map(Op.Min, context, x, y));
            case "max": return a.Aggregate((x, y) => nodes.Map(Op.Max, context, x, y));
            case "ordinal": return Steps(context, a[0], a.AsSpan(1), nodes.Constant(1));
            case "rank" when a[0].Plate.Count == 0:
                mistakes.Add("rank(...) of a single number; expected a value for each unit of an entity.", call.Place);
                return null;
            case "rank": return nodes.Rank(a[0]);
            default: throw new InvalidOperationException(call.Function);
        }
    }

    private Node? BindEntityFunction(Expression.Call call, Plate context)
    {
        if (call.Arguments[0] is not Expression.Name { Text: var name })
        {
            mistakes.Add($"{call.Function}(...) does not name an entity; expected {FunctionTable.Functions[call.Function].Form}.", call.Place);
            return null;
        }

        int entity = Entity(name, call.Arguments[0].Place);
        if (entity < 0)
        {
            return null;
        }

        if (call.Function == "size")
        {
            return nodes.Constant(world.Entities[entity].Size);
        }

        if (!context.Has(entity))
        {
            mistakes.Add($"index({name}) has a value for each {name}, but stands where there is {Describe(context)}; expected an entity of the variable.", call.Place);
            return null;
        }

        return nodes.Index(entity);
    }

    private Node? BindDot(Expression.Call call, Plate context)
    {
        if (HasDraw(call))
        {
            return null;
        }

        int[] left = [.. EntitiesOf(call.Arguments[0])], right = [.. EntitiesOf(call.Arguments[1])];
        int[] shared = [.. left.Intersect(right).Where(e => !context.Has(e))];
        if (shared.Length != 1 || left.Length > 2 || right.Length > 2 || left.Concat(right).Any(e => e != shared[0] && !context.Has(e)))
        {
            mistakes.Add($"dot(a, b) has factors over [{Join(left)}] and [{Join(right)}] where there is {Describe(context)}; expected exactly one entity that both have and the result has not.", call.Place);
            return null;
        }

        int k = shared[0], row = left.FirstOrDefault(e => e != k, -1), column = right.FirstOrDefault(e => e != k, -1);
        (Expression a, Expression b) = (call.Arguments[0], call.Arguments[1]);
        if (row < 0 || column < 0 || row == column)
        {
            // Only one entity is left: a sum over the rows of one plate.
            int only = row >= 0 ? row : column;
            Plate inner = only < 0 ? Plate.Of(k) : world.PairOf(only, k);
            return Bind(a, inner) is { } x && Bind(b, inner) is { } y ? nodes.Reduce(nodes.Map(Op.Multiply, inner, x, y), k, Reduction.Sum) : null;
        }

        if (context.Order(row) > context.Order(column))
        {
            (a, b, row, column) = (b, a, column, row);
        }

        Plate first = new(row, k), second = new(column, k);
        foreach (Plate plate in (Plate[])[first, second])
        {
            if (world.PairOf(plate.Row, plate.Column) != plate)
            {
                mistakes.Add($"A factor of dot(a, b) is indexed by [{world.Entities[k].Name}, {world.Entities[plate.Row].Name}]; expected the entity that is summed over as the second index.", call.Place);
                return null;
            }
        }

        Node? rows = Bind(a, first), columns = Bind(b, second);
        return rows is null || columns is null ? null : nodes.Dot(Spread(rows, first), Spread(columns, second));
    }

    // A factor that does not really vary over both entities is spread over them.
    private Node Spread(Node node, Plate plate) => node.Plate == plate && node.Op != Op.Collapse ? node
        : nodes.Map(Op.Select, plate, nodes.Map(Op.LessOrEqual, plate, nodes.Map(Op.Add, plate, nodes.Index(plate.Row), nodes.Index(plate.Column)), nodes.Constant(double.PositiveInfinity)), node, node);

    private Node Truth(Node node, Plate context) => node.Op is Op.Smallest or Op.Bernoulli or Op.Less or Op.LessOrEqual or Op.Equal or Op.And or Op.Or or Op.Not ? node
        : nodes.Map(Op.Not, context, nodes.Map(Op.Not, context, node));

    private bool HasDraw(Expression expression)
    {
        if (expression is Expression.Call { Function: var function } && FunctionTable.Functions.TryGetValue(function, out FunctionForm? form) && form.IsRandom)
        {
            mistakes.Add($"{function}(...) draws inside an aggregate or a product; expected the draw in a variable of its own, whose name then stands here.", expression.Place);
            return true;
        }

        return expression.Parts.Any(HasDraw);
    }

    /// <summary>Entities that the value of an expression has, in the order of their first use.</summary>
    private IEnumerable<int> EntitiesOf(Expression expression) => (expression switch
    {
        Expression.Name name => indices(name.Text) is { IsDefault: false } known ? known.Select(world.EntityIndex) : [],
        Expression.Member member => [world.EntityIndex(member.Entity)],
        Expression.Call { Function: "size" } => [],
        Expression.Call { Function: "index", Arguments: [Expression.Name entity] } => [world.EntityIndex(entity.Text)],
        Expression.Call { Function: "dot" } call => Products(call),
        Expression.Call or Expression.Apply => expression.Parts.SelectMany(EntitiesOf),
        Expression.Aggregate { Relation: null } aggregate => EntitiesOf(aggregate.Body).Where(e => e != world.EntityIndex(aggregate.Entity)),
        Expression.Aggregate { Relation: { } relation } aggregate => EntitiesOf(aggregate.Body).Where(e => e != RelatedEntity(aggregate.Entity, relation)).Append(world.EntityIndex(aggregate.Entity)),
        _ => [],
    }).Where(e => e >= 0).Distinct();

    // A product is summed over the last entity that both factors have.
    private IEnumerable<int> Products(Expression.Call call)
    {
        int[] left = [.. EntitiesOf(call.Arguments[0])], right = [.. EntitiesOf(call.Arguments[1])];
        int summed = left.Intersect(right).LastOrDefault(-1);
        return left.Union(right).Where(e => e != summed);
    }

    private int RelatedEntity(string entity, string relation) =>
        world.EntityIndex(entity) is >= 0 and int e && world.Entities[e].Table?.Relations.TryGetValue(relation, out WorldRelation? found) == true ? world.EntityIndex(found.To) : -1;

    private string Describe(Plate plate) => plate.Count switch
    {
        0 => "one value in all",
        1 => $"one value for each {world.Entities[plate.Row].Name}",
        2 => $"one value for each {world.Entities[plate.Row].Name} and {world.Entities[plate.Column].Name}",
        _ => $"one value for each {world.Entities[plate.Outer].Name}, {world.Entities[plate.Row].Name} and {world.Entities[plate.Column].Name}",
    };

    private string Join(int[] entities) => string.Join(", ", entities.Select(e => world.Entities[e].Name));
}
