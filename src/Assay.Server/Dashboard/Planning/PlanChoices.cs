using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Planning;

/// <summary>What the form offers to choose from: what a design may say.</summary>
internal static class PlanChoices
{
    /// <summary>Lists of metrics in a design.</summary>
    public static ImmutableArray<string> Roles { get; } = ["secondary", "guardrails", "more_primaries"];

    public static IReadOnlyList<(string, string)> OfRoles => [.. Roles.Select(role => (role, PlanWords.Role(role)))];

    public static IReadOnlyList<(string, string)> Types => [.. MetricTypes.Supported.Select(type => (Wire.Name(type), Words.Type(type)))];

    public static IReadOnlyList<(string, string)> Directions => [.. Enum.GetValues<Direction>().Select(direction => (Wire.Name(direction), Words.Direction(direction)))];

    public static IReadOnlyList<(string, string)> Methods => [.. Enum.GetValues<AnalysisMethod>().Select(method => (Wire.Name(method), Words.Method(method)))];

    public static IReadOnlyList<(string, string)> Spendings => [("obrien_fleming", PlanWords.OBrienFleming), ("pocock", PlanWords.Pocock), ("kim_demets", PlanWords.KimDeMets)];
}
