namespace Assay.Statistics;

/// <summary>A unit followed until something happened, or until it was last seen without.</summary>
/// <param name="Time">Since exposure, ≥ 0, in any unit.</param>
/// <param name="Happened">Whether the event happened at that time; otherwise the unit is censored just after it.</param>
public readonly record struct TimeToEvent(double Time, bool Happened);
