"""What schools write: (key, writer, subjects, paragraphs); `topic` says how braces are filled."""

SCHOOL_TOPICS = (
    (
        "conseil", "direction",
        (
            "Conseil de classe de {classe} – {jour}",
            "Conseils de classe du trimestre : calendrier définitif",
            "Report du conseil de classe de {classe}",
            "Préparation du conseil de classe de {classe} : appréciations à saisir avant le {jour}",
        ),
        (
            "Le conseil de classe de {classe} se tiendra le {jour} à {heure} en salle {salle}.",
            "Je vous remercie de saisir vos moyennes et vos appréciations au plus tard l’avant-veille, à midi.",
            "Les déléguées et délégués des élèves ainsi que les représentants des parents y participent pendant toute la séance.",
            "Une attention particulière sera portée à l’assiduité et aux vœux d’orientation ; merci de signaler à l’avance les situations délicates.",
            "Les bulletins seront remis en main propre lors de la rencontre avec les familles.",
        ),
    ),
    (
        "convocation", "direction",
        (
            "Convocation : réunion de l’équipe pédagogique de {classe}",
            "Convocation au conseil d’administration du {jour}",
            "Réunion de rentrée – présence obligatoire le {jour}",
            "Convocation – surveillance du brevet blanc, salle {salle}",
        ),
        (
            "Vous êtes prié ou priée de bien vouloir assister à la réunion qui aura lieu le {jour} à {heure}, salle {salle}.",
            "L’ordre du jour comporte l’adoption du procès-verbal précédent, le budget de l’exercice et les questions diverses.",
            "En cas d’empêchement, merci de prévenir le secrétariat et de désigner la personne qui vous remplace.",
            "La feuille d’émargement sera disponible à l’entrée de la salle.",
        ),
    ),
    (
        "emploi-du-temps", "direction",
        (
            "Emploi du temps modifié pour la {classe}",
            "Permutation de cours le {jour}",
            "Nouvel emploi du temps à compter du {jour}",
            "Changement de salle : {matiere}, {classe}",
        ),
        (
            "À compter du {jour}, le cours de {matiere} de la {classe} aura lieu à {heure} en salle {salle}.",
            "Cette modification tient compte du remplacement en cours ; elle est déjà visible dans l’espace numérique.",
            "Merci de l’annoncer aux élèves et de le noter dans le cahier de textes.",
            "Les groupes d’accompagnement restent inchangés cette semaine.",
        ),
    ),
    (
        "parents", "parent",
        (
            "Absence de {eleve}, {classe}",
            "Demande de rendez-vous au sujet de {eleve}",
            "Question sur le devoir de {matiere}",
            "Certificat médical de {eleve}",
            "Difficultés de {eleve} en {matiere}",
        ),
        (
            "Je vous informe que {eleve} est souffrant aujourd’hui et ne pourra pas assister aux cours.",
            "Pourriez-vous nous accorder un rendez-vous, par exemple le {jour} à {heure} ?",
            "Nous avons vu la note du dernier contrôle de {matiere} et souhaitons comprendre comment l’aider.",
            "Le certificat vous sera remis dès son retour. Est-il possible de récupérer les cours ?",
            "Je vous remercie par avance de votre réponse et de l’attention que vous portez à nos enfants.",
        ),
    ),
    (
        "sortie", "enseignant",
        (
            "Sortie scolaire à {ville} – {jour}",
            "Autorisations à rendre : sortie de la {classe}",
            "Accompagnement de la sortie du {jour} : il manque une personne",
            "Voyage scolaire : réunion d’information pour les familles de {classe}",
        ),
        (
            "La {classe} se rendra le {jour} à {ville} pour visiter le musée et l’atelier de poterie.",
            "Départ devant l’établissement à {heure} précises ; prévoir un pique-nique, des chaussures fermées et un vêtement de pluie.",
            "Il reste sept autorisations à récupérer ; la liste est jointe à ce message.",
            "Le coût est pris en charge par le foyer socio-éducatif. Aucune famille ne doit renoncer pour une raison financière.",
            "Je cherche encore une accompagnatrice ou un accompagnateur pour le second groupe.",
        ),
    ),
    (
        "absence", "administratif",
        (
            "Absences du jour – {jour}",
            "Absence de {eleve} non justifiée",
            "Remplacement de courte durée : {matiere}, {classe}",
            "Autorisation d’absence : réponse à votre demande n° {numero}",
        ),
        (
            "L’élève {eleve}, de la {classe}, est absent depuis trois jours sans justificatif.",
            "Le cours de {matiere} prévu à {heure} n’aura pas lieu ; les élèves seront accueillis en permanence, salle {salle}.",
            "Votre demande d’autorisation d’absence n° {numero} a reçu un avis favorable. L’original est dans votre casier.",
            "Merci de signaler tout appel incomplet à la vie scolaire avant 10\u00a0h.",
        ),
    ),
    (
        "projet", "enseignant",
        (
            "Progression commune en {matiere}",
            "Sujet du devoir commun de {classe}",
            "Projet interdisciplinaire : {matiere} et développement durable",
            "Semaine de la presse : qui participe ?",
            "Matériel pour la salle {salle}",
        ),
        (
            "Voici une proposition de progression pour le prochain trimestre ; dites-moi ce que vous en pensez avant le {jour}.",
            "Le sujet comporte deux exercices et une question ouverte. J’ai prévu une version aménagée.",
            "Nous pourrions nous réunir le {jour} à {heure}, en salle {salle}, pour harmoniser la notation.",
            "J’ai commandé le matériel ; la livraison est annoncée pour la fin du mois.",
            "Les élèves ont beaucoup aimé la séance sur l’île de Ré et les marées : je vous en envoie les photographies.",
        ),
    ),
    (
        "vie-scolaire", "aed",
        (
            "Retard de {eleve}",
            "Objets trouvés à la vie scolaire",
            "Incident dans la cour – {jour}",
            "Répartition des surveillances de la semaine",
            "Casiers : nouvelle répartition pour la {classe}",
        ),
        (
            "Le planning des surveillances est affiché ; merci de vérifier vos créneaux du {jour}.",
            "L’élève {eleve} est arrivé avec vingt minutes de retard, sans carnet.",
            "Un sac noir, deux écharpes et une calculatrice attendent leurs propriétaires au bureau {salle}.",
            "L’incident est clos : les deux familles ont été reçues et les élèves se sont excusés.",
        ),
    ),
)  # fmt: skip
