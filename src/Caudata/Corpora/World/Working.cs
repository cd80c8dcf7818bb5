using System.Text;

namespace Caudata.Corpora.World;

/// <summary>The steps of a computed answer, written out in one of several styles.</summary>
/// <remarks>Styles: 0 prose, 1 numbered list, 2 displayed equations, 3 "Step 1", 4 short, 5 sentences with a last line that names the result (targets).</remarks>
internal sealed class Working(Pen pen, int style)
{
    private readonly List<(string Saying, string Equation, string Unit)> _steps = [];

    /// <summary>One step: <c>"The apples cost"</c>, <c>"4 × 3 = 12"</c>, <c>"dollars"</c>.</summary>
    public Working Step(string saying, string equation, string unit = "")
    {
        _steps.Add((pen.Say(Phrase.Of(saying)), equation, unit));
        return this;
    }

    /// <summary>The answer as parts, ending with a conclusion.</summary>
    public List<Part> Close(string conclusion)
    {
        string end = pen.Say(Phrase.Of(conclusion));
        var parts = new List<Part>();
        switch (style)
        {
            case 1:
                parts.Add(new Part(PartKind.Steps, string.Join('\n', _steps.Select(static step => Sentence(step)))));
                parts.Add(end);
                break;
            case 2:
                foreach ((string saying, string equation, string unit) in _steps)
                {
                    parts.Add(saying + ":");
                    parts.Add(new Part(PartKind.Math, Latex(equation) + (unit.Length > 0 ? "\\ \\text{" + unit.Replace("$", "", StringComparison.Ordinal) + "}" : "").Replace("\\ ", "\\,", StringComparison.Ordinal)));
                }

                parts.Add(end);
                break;
            case 3:
                for (int i = 0; i < _steps.Count; i++)
                {
                    parts.Add($"Step {i + 1}. " + Sentence(_steps[i]));
                }

                parts.Add(end);
                break;
            case 4:
                parts.Add(_steps.Count > 0 && pen.Chance(0.5) ? Sentence(_steps[^1]) + " " + end : end);
                break;
            default:
                var text = new StringBuilder();
                for (int i = 0; i < _steps.Count; i++)
                {
                    string sentence = Sentence(_steps[i]);
                    string lead = i == 0 ? pen.SayOne("", "", "First, ", "To begin, ") : i == _steps.Count - 1 ? pen.SayOne("", "So ", "Therefore ", "Finally, ") : pen.SayOne("", "Then ", "Next, ", "After that, ", "So ");
                    text.Append(lead.Length > 0 ? lead + char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence).Append(' ');
                }

                parts.Add(text.Append(end).ToString());
                break;
        }

        return parts;
    }

    private static string Sentence((string Saying, string Equation, string Unit) step) => step.Saying + " " + step.Equation + (step.Unit.Length > 0 ? " " + step.Unit : "") + ".";

    private static string Latex(string equation) => equation.Replace("×", "\\times", StringComparison.Ordinal).Replace("÷", "\\div", StringComparison.Ordinal).Replace("$", "", StringComparison.Ordinal).Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal);
}
