namespace Assay.Server.Dashboard.Drafting;

/// <summary>The draft that a page changes. Public because components are.</summary>
/// <param name="Key">Of the experiment.</param>
/// <param name="Name">Of the experiment.</param>
/// <param name="IsOne">Whether it is still a draft.</param>
public sealed record Draft(string Key, string Name, bool IsOne);
