using System.Reflection;
using System.Text;
using Caudata.Records;

namespace Caudata.Tests.Laws;

/// <summary>The library's public surface is a checked file, so that a change of it shows in the diff.</summary>
public sealed class PublicApiTests
{
    private const string Listing = "tests/Caudata.Tests/Laws/PublicApi.txt";

    [Fact]
    public void The_public_surface_is_the_listed_one()
    {
        string path = Path.Combine(Sources.Root, Listing);
        string[] now = [.. Surface(typeof(Rejection).Assembly)];
        if (Environment.GetEnvironmentVariable("CAUDATA_ACCEPT") == "1")
        {
            File.WriteAllText(path, string.Join('\n', now) + "\n");
            return;
        }

        string[] listed = File.Exists(path) ? File.ReadAllLines(path) : [];
        string[] differences = [.. now.Except(listed).Select(l => "+ " + l), .. listed.Except(now).Select(l => "- " + l)];
        Assert.True(differences is [], $"The public surface differs from {Listing} in {differences.Length} lines. Where that is meant, run 'CAUDATA_ACCEPT=1 eng/test fast' and commit the file.\n{string.Join('\n', differences.Take(40))}");
    }

    [Fact]
    public void The_listing_names_members_with_their_types()
    {
        string[] lines = [.. Surface(typeof(Rejection).Assembly)];
        Assert.Contains("Caudata.Transport.TransportProblem..ctor(Caudata.Transport.CostMatrix cost)", lines);
        Assert.Contains("Caudata.Transport.SinkhornOptions.Regularisation : double { get; init; }", lines);
        Assert.Contains("Caudata.Transport.GroundCost.Cosine = 2", lines);
        Assert.Equal(lines, lines.Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Surface(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Lines).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(Type type)
    {
        string name = Name(type);
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        IEnumerable<string> parents = type.GetInterfaces().Where(i => i.IsPublic && i.Namespace?.StartsWith("Caudata", StringComparison.Ordinal) == true).Select(Name).Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent.Namespace?.StartsWith("Caudata", StringComparison.Ordinal) == true)
        {
            parents = parents.Prepend(Name(parent));
        }

        yield return $"{name} ({kind}{(parents.Any() ? " : " + string.Join(", ", parents) : "")})";
        if (type.IsEnum)
        {
            foreach (string value in Enum.GetNames(type))
            {
                yield return $"{name}.{value} = {Convert.ChangeType(Enum.Parse(type, value), Enum.GetUnderlyingType(type), null)}";
            }

            yield break;
        }

        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(c => Visible(c, type)))
        {
            yield return $"{name}..ctor({Parameters(constructor)})";
        }

        foreach (FieldInfo field in type.GetFields(Declared).Where(f => f.IsPublic || (f.IsFamily && !type.IsSealed)))
        {
            yield return $"{name}.{field.Name} : {Name(field.FieldType)}{(field.IsLiteral ? " const" : field.IsInitOnly ? " readonly" : "")}{(field.IsStatic ? " static" : "")}";
        }

        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            MethodInfo? get = property.GetMethod is { } g && Visible(g, type) ? g : null, set = property.SetMethod is { } s && Visible(s, type) ? s : null;
            if (get is null && set is null)
            {
                continue;
            }

            bool init = set?.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit") == true;
            string index = property.GetIndexParameters() is { Length: > 0 } ? $"[{Parameters(get ?? set!)}]" : "";
            string need = property.GetCustomAttributesData().Any(a => a.AttributeType.Name == "RequiredMemberAttribute") ? "required " : "";
            yield return $"{name}.{property.Name}{index} : {need}{Name(property.PropertyType)} {{ {(get is null ? "" : "get; ")}{(set is null ? "" : init ? "init; " : "set; ")}}}{((get ?? set)!.IsStatic ? " static" : "")}";
        }

        foreach (EventInfo happening in type.GetEvents(Declared).Where(e => Visible(e.AddMethod!, type)))
        {
            yield return $"{name}.{happening.Name} : event {Name(happening.EventHandlerType!)}";
        }

        // What the compiler writes for every record is known from the word record.
        foreach (MethodInfo method in type.GetMethods(Declared).Where(m => Visible(m, type) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) && !m.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), false) && !m.Name.StartsWith('<')))
        {
            string arguments = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
            yield return $"{name}.{method.Name}{arguments}({Parameters(method)}) : {Name(method.ReturnType)}{(method.IsStatic ? " static" : method.IsAbstract && !type.IsInterface ? " abstract" : "")}";
        }
    }

    private static bool Visible(MethodBase method, Type type) => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !type.IsSealed);

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
    {
        string mode = p.IsOut ? "out " : p.ParameterType.IsByRef ? (p.IsIn ? "in " : "ref ") : p.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "";
        return $"{mode}{Name(p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = " + (p.DefaultValue?.ToString() ?? "default") : "")}";
    }));

    private static string Name(Type type)
    {
        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsByRef || type.IsPointer)
        {
            return (type.IsByRef ? "ref " : "*") + Name(type.GetElementType()!);
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        string? word = Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => null,
            TypeCode.Boolean => "bool",
            TypeCode.Byte => "byte",
            TypeCode.Int32 => "int",
            TypeCode.UInt32 => "uint",
            TypeCode.Int64 => "long",
            TypeCode.UInt64 => "ulong",
            TypeCode.Single => "float",
            TypeCode.Double => "double",
            TypeCode.Char => "char",
            TypeCode.String => "string",
            _ => type == typeof(void) ? "void" : type == typeof(object) ? "object" : null,
        };
        if (word is not null)
        {
            return word;
        }

        StringBuilder full = new(type.IsNested ? Name(type.DeclaringType!) + "." : type.Namespace?.StartsWith("Caudata", StringComparison.Ordinal) == true ? type.Namespace + "." : "");
        full.Append(type.Name.Split('`')[0]);
        return type.IsGenericType ? full.Append('<').AppendJoin(", ", type.GetGenericArguments().Select(Name)).Append('>').ToString() : full.ToString();
    }
}
