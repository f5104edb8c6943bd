namespace Federation.Tests.Links;

/// <summary>Seen from whoever connected.</summary>
internal enum Direction
{
    Up,
    Down,
}
