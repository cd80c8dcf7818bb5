using Caudata.Simulation.Feedback;

namespace Caudata.Simulation.Files;

/// <summary>A world as it is declared; nothing is checked yet.</summary>
internal sealed class WorldDeclaration
{
    public string Name { get; set; } = "world";

    public string About { get; set; } = "";

    public List<string> Sources { get; } = [];

    public List<WorldEntity> Entities { get; } = [];

    public List<WorldParameter> Parameters { get; } = [];

    public List<WorldVariable> Variables { get; } = [];

    public List<WorldIndicator> Indicators { get; } = [];

    public List<Intervention> Interventions { get; } = [];

    public WorldRounds? Rounds { get; set; }

    /// <summary>Where names were declared.</summary>
    public Dictionary<(string Kind, string Name), WorldPlace> Places { get; } = [];
}
