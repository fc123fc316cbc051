namespace Crowd.Compatibility.Layout;

/// <summary>Holds the projects and what is compiled from them against the arrows and the naming rules of the design.</summary>
public class LayoutTests
{
    private static readonly string[] Independent = ["Crowd.Consensus", "Crowd.Journal", "Crowd.GrainRuntime", "Crowd.GraphQL"];

    [Fact]
    public void Every_project_has_a_place_and_every_place_a_project() =>
        Assert.Equal(Arrows.Projects.Order(), Repository.ProjectPaths.Select(Path.GetFileNameWithoutExtension).Order());

    [Fact]
    public void Project_files_reference_only_what_arrows_lead_to() =>
        AssertNone(Repository.ProjectPaths.SelectMany(path => ProjectFile.Load(path).Faults));

    [Fact]
    public void Test_projects_reference_nothing_of_Orleans_either() =>
        AssertNone(
            from path in Repository.TestProjectPaths
            let project = ProjectFile.Load(path)
            from reference in project.References
            select Arrows.OrleansFault(project.Name, reference) into fault
            where fault is not null
            select fault);

    [Fact]
    public void Compiled_code_references_only_what_arrows_lead_to()
    {
        var assemblies = Compiled().ToList();

        Assert.Equal(Arrows.Projects.Order(), assemblies.Select(assembly => assembly.Name).Order());
        AssertNone(assemblies.SelectMany(assembly => assembly.Faults));
    }

    [Fact]
    public void The_libraries_at_the_bottom_reference_nothing_of_ours()
    {
        AssertNone(
            from assembly in Compiled()
            where Independent.Contains(assembly.Name)
            from reference in assembly.References
            where reference.StartsWith("Crowd.", StringComparison.Ordinal)
            select $"{assembly.Name} references {reference}.");
        AssertNone(
            from path in Repository.ProjectPaths
            let project = ProjectFile.Load(path)
            where Independent.Contains(project.Name)
            from reference in project.References
            where reference.StartsWith("Crowd.", StringComparison.Ordinal)
            select $"{project.Name} references {reference}.");
    }

    /// <summary>Global usings bring the runtime; a file that names one does not compile with the other.</summary>
    [Fact]
    public void Only_the_host_in_one_process_names_its_runtime() =>
        AssertNone(
            from path in Repository.Sources
            where !path.StartsWith(Path.Combine("src", "Crowd.GrainRuntime"), StringComparison.Ordinal) && !path.StartsWith(Path.Combine("silo", "InProcess"), StringComparison.Ordinal)
            where File.ReadAllText(Path.Combine(Repository.Root, path)).Contains("using Crowd.GrainRuntime;", StringComparison.Ordinal)
            select $"{path} names the runtime of one process.");

    [Fact]
    public void Folders_are_named_for_what_is_inside() => AssertNone(Repository.Folders.Select(NameRules.FolderFault).OfType<string>());

    [Fact]
    public void Types_are_named_for_what_they_do() =>
        AssertNone(Compiled().SelectMany(assembly => assembly.Types.Select(type => NameRules.TypeFault(assembly.Name, type)).OfType<string>()));

    private static void AssertNone(IEnumerable<string> faults)
    {
        var found = faults.ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    /// <summary>The assemblies of our projects, which the build has put beside this one.</summary>
    private static IEnumerable<CompiledAssembly> Compiled()
    {
        foreach (var path in Directory.GetFiles(AppContext.BaseDirectory, "Crowd.*.dll"))
        {
            if (Path.GetFileNameWithoutExtension(path) == typeof(LayoutTests).Assembly.GetName().Name) continue;
            using var stream = File.OpenRead(path);
            yield return CompiledAssembly.Read(stream);
        }
    }
}
