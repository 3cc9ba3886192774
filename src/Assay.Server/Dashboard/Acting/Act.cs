namespace Assay.Server.Dashboard.Acting;

/// <summary>What a person may do with an experiment, by the last part of the address that its form is sent to.</summary>
internal static class Act
{
    public const string Create = "create";
    public const string Edit = "edit";
    public const string Delete = "delete";
    public const string Start = "start";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Stop = "stop";
    public const string Archive = "archive";
    public const string Decide = "decide";
    public const string Amend = "amend";
}
