namespace Vantage.NodeAgent.Hosting.Yaml;

/// <summary>One thing wrong in a settings file, where a text editor finds it.</summary>
internal sealed record YamlProblem(string File, long Line, long Column, string Message)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}

/// <summary>Everything wrong in a settings file, at once.</summary>
internal sealed class SettingsException(IReadOnlyList<YamlProblem> problems)
    : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<YamlProblem> Problems { get; } = problems;
}
