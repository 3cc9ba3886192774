namespace Assay.Assignment;

/// <summary>Why a unit was given what it was given.</summary>
public enum AssignmentReason
{
    /// <summary>The unit takes part and has a variation.</summary>
    Assigned,

    /// <summary>The unit is held out of the experiment: variation −1.</summary>
    Holdout,

    /// <summary>The unit is outside the traffic allocation: no variation.</summary>
    OutsideAllocation,
}

/// <summary>Names of reasons as programs exchange them.</summary>
public static class AssignmentReasons
{
    /// <summary>The reason in snake_case, as the API writes it.</summary>
    public static string ToWire(this AssignmentReason reason) => reason switch
    {
        AssignmentReason.Assigned => "assigned",
        AssignmentReason.Holdout => "holdout",
        AssignmentReason.OutsideAllocation => "outside_allocation",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };
}
