namespace Caudata.Graphs.Formats;

/// <summary>What attributes of nodes say, the same in DOT, GML and dagitty; all others belong to drawings and are passed over.</summary>
/// <remarks>
/// <c>latent</c> (also <c>unobserved</c>, <c>observed=no</c>), <c>missing</c> (of <c>R_V</c>, or <c>missing="V"</c>; <c>missing=false</c> for a variable that is only called so), <c>selected</c> (also <c>selection</c>),
/// <c>exposure</c>, <c>outcome</c>, <c>adjusted</c>.
/// </remarks>
internal static class NodeAttributes
{
    public static bool IsKnown(string key) => key is "latent" or "unobserved" or "observed" or "missing" or "selected" or "selection" or "exposure" or "outcome" or "adjusted" or "dir"
        or "l" or "u" or "e" or "o" or "a" or "s";

    public static void Apply(GraphDraft draft, int node, GraphAttribute attribute, MistakeList mistakes)
    {
        bool on = IsOn(attribute.Value);
        switch (attribute.Key)
        {
            case "latent" or "unobserved" or "l" or "u" when Check():
                draft.SetKind(node, on ? VariableKind.Latent : VariableKind.Observed, null, attribute.Place);
                break;
            case "observed" when Check():
                draft.SetKind(node, on ? VariableKind.Observed : VariableKind.Latent, null, attribute.Place);
                break;
            case "missing":
                draft.SetKind(node, IsOff(attribute.Value) ? VariableKind.Observed : VariableKind.Indicator, on || IsOff(attribute.Value) ? null : GraphDraft.Split(attribute.Value!).Name, attribute.Place);
                break;
            case "selected" or "selection" or "s" when Check() && on:
                draft.SetKind(node, VariableKind.Selection, null, attribute.Place);
                break;
            case "exposure" or "e" when Check() && on:
                draft.SetRole(node, VariableRole.Exposure, attribute.Place);
                break;
            case "outcome" or "o" when Check() && on:
                draft.SetRole(node, VariableRole.Outcome, attribute.Place);
                break;
            case "adjusted" or "a" when Check() && on:
                draft.SetRole(node, VariableRole.Adjusted, attribute.Place);
                break;
        }

        bool Check()
        {
            if (!on && !IsOff(attribute.Value))
            {
                mistakes.Add($"the attribute '{attribute.Key}' is {GraphValidation.Quote(attribute.Value!)}; expected true or false.", attribute.Place);
                return false;
            }

            return true;
        }
    }

    private static bool IsOn(string? value) => value is null || value.ToLowerInvariant() is "true" or "yes" or "1";

    private static bool IsOff(string? value) => value?.ToLowerInvariant() is "false" or "no" or "0";
}
