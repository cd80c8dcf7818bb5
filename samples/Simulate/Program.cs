using Caudata.Simulation;
using Caudata.Simulation.Building;
using static Caudata.Simulation.Building.Functions;

World world = World.Build("fans", w =>
{
    Entity user = w.Entity("user", 1000), item = w.Entity("item", 200);
    Quantity spread = w.Parameter("spread", 0.5);
    Quantity taste = w.Variable("taste", [user], Normal(0, 1), latent: true);
    Quantity appeal = w.Variable("appeal", [item], Normal(0, 1));
    Quantity rating = w.Variable("rating", [user, item], Clip(Round(3 + taste * appeal + Normal(0, spread)), 1, 5));
    w.Variable("fame", [item], Mean(rating, user));
    w.Missing(rating, Seen.Logistic(rating - 3) with { Mean = 0.05, Per = user });
});
SimulatedWorld simulated = new(world, new SimulationOptions { Seed = 1, Threads = 2, Interventions = [("fans", world.ParseIntervention("taste=2"))] });
double[] ratings = simulated.Read("rating")[0], seen = simulated.Read("R_rating")[0], effects = simulated.Read("effect(rating)@fans")[0];
Console.WriteLine($"{seen.Sum()} of {ratings.Length} ratings are seen; mean {ratings.Average():0.000}, of those seen {ratings.Zip(seen, (r, s) => r * s).Sum() / seen.Sum():0.000}; had all taste 2: {effects.Average():+0.000;-0.000}");
Console.WriteLine(world.ToYaml());
