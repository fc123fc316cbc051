namespace Crowd.GrainRuntime;

/// <summary>Anything that has a grain identity: a grain or a reference to one.</summary>
public interface IAddressable;

/// <summary>The root of all grain interfaces.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain that is found by a text key. The only kind of key that this runtime knows.</summary>
public interface IGrainWithStringKey : IGrain;
